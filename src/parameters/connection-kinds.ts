export const CONNECTIONS = ['wmi', 'admin-service', 'simulator'] as const;
export type ConnectionKind = (typeof CONNECTIONS)[number];
/** A pipeline services real images: a made-up site is for the command. */
export const PIPELINE_CONNECTIONS = ['wmi', 'admin-service'] as const;
export const AUTHENTICATIONS = ['integrated', 'token'] as const;
export type AuthenticationKind = (typeof AUTHENTICATIONS)[number];
export const CIM_PROTOCOLS = ['auto', 'wsman', 'dcom'] as const;
