import type { Finding } from './finding.js';

/** A part of the report. */
export interface Section {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly findings: readonly Finding[];
}
