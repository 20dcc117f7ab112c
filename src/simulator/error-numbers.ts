/** A Win32 number as the HRESULT of the same error; an HRESULT as it is. Eight hex digits. */
export function hresult(code: number): string {
  const value = code > 0 && code <= 0xffff ? (0x80070000 | code) >>> 0 : code >>> 0;
  return `0x${value.toString(16).padStart(8, '0')}`;
}

/** The number that the log gives: the Win32 number inside an HRESULT that has one, any other HRESULT signed. */
export function win32Error(code: number): number {
  const value = code >>> 0;
  return (value & 0xffff0000) >>> 0 === 0x80070000 ? value & 0xffff : value | 0;
}
