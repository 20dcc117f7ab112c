import { harmlessJson } from './neutral-text.js';
import type { SecretMask } from './secret-mask.js';

/**
 * The report as a file or a standard output holds it. The mask goes over each value before it is written as JSON:
 * whatever it hides, the text stays JSON.
 */
export function reportText(report: object, mask: SecretMask): string {
  const masked = (_name: string, value: unknown): unknown =>
    typeof value === 'string' ? mask(value) : value;
  return `${harmlessJson(JSON.stringify(report, masked, 2))}\n`;
}
