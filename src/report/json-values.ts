/*
 * Values of the JSON report. `npm run manifests` makes their tags keywords of its schema.
 */

/** @asType integer */
export type JsonId = number;

/**
 * @asType integer
 * @minimum 0
 */
export type JsonCount = number;

/**
 * @asType integer
 * @minimum 1
 */
export type JsonCiId = number;

/**
 * @asType integer
 * @minimum 1
 */
export type JsonIndex = number;

/** @pattern ^[A-Z0-9]{3}[0-9A-F]{5}$ */
export type JsonPackageId = string;

/** @pattern ^[A-Z0-9]{3}$ */
export type JsonSiteCode = string;

/**
 * ISO 8601, UTC.
 * @pattern ^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$
 */
export type JsonMoment = string;

/**
 * A section of docs/troubleshooting.md.
 * @pattern ^OS\d{3}$
 */
export type JsonErrorCode = string;
