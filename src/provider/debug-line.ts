/**
 * Hears one line for each request, for people who look into a run. A line holds no secret of its own, but words of the
 * site: whoever prints it masks and neutralises it.
 */
export type Debug = (line: string) => void;

/** `GET https://cm01/AdminService/wmi/SMS_Site: 200, 1,234 bytes in 35 ms`. */
export function debugLine(request: string, outcome: string, bytes: number, milliseconds: number): string {
  return `${request}: ${outcome}, ${bytes.toLocaleString('en-US')} bytes in ${Math.round(milliseconds).toLocaleString('en-US')} ms`;
}
