import type { Integer, Text } from './schema-types.js';

export type SiteCode = Text<'three letters or digits', { pattern: '^[A-Za-z0-9]{3}$' }>;
export type HostName = Text<'a host name', { pattern: '^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?$' }>;
export type PackageId = Text<
  'a package ID: three letters or digits and five hex digits',
  { pattern: '^[A-Za-z0-9]{3}[0-9A-F]{5}$' }
>;
export type Moment = Text<
  'a date of the form yyyy-MM-ddTHH:mm:ssZ',
  { pattern: '^[0-9]{4}(?:-[0-9]{2}){2}T[0-9]{2}(?::[0-9]{2}){2}Z$' }
>;
export type PropertyName = Text<'a property name', { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }>;
/** In any case. */
export type ClassName = Text<'the name of a class', { format: 'class-name' }>;
export type ScheduleString = Text<
  'a schedule interval string: 16 hexadecimal digits a token',
  { format: 'schedule-string' }
>;
export type UInt32 = Integer<0, 4_294_967_295>;
export type CiId = Integer<1, 4_294_967_295>;
/** A key that its class declares as SInt32. */
export type SignedId = Integer<1, 2_147_483_647>;
/** As a number without a sign, or as a signed one. */
export type ErrorCode = Integer<-2_147_483_648, 4_294_967_295>;
