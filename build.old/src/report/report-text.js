import { harmlessJson } from './neutral-text.js';
/**
 * The report as a file or a standard output holds it. The mask goes over each value before it is written as JSON:
 * whatever it hides, the text stays JSON.
 */
export function reportText(report, mask) {
    const masked = (_name, value) => typeof value === 'string' ? mask(value) : value;
    return `${harmlessJson(JSON.stringify(report, masked, 2))}\n`;
}
//# sourceMappingURL=report-text.js.map