// The messages of proto/ that this page reads, as the gateway writes them: canonical proto3 JSON, where a
// field at its default value may be left out. Quantities are text (proto/types.proto).
export type * from './types/common.ts';
export type * from './types/contracts.ts';
export type * from './types/reporting.ts';
export type * from './types/notifications.ts';
export type * from './types/tracking.ts';
export type * from './types/directory.ts';
export type * from './types/gateway.ts';
export type * from './types/health.ts';
export type * from './types/lists.ts';
