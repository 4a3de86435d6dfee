/**
 * The relational store, all of its tables: each topic has its file in schema/. Times are milliseconds since the epoch;
 * ids are `core/ids` texts; secrets (session ids, link tokens) are kept as SHA-256 only. A migration is committed SQL in
 * drizzle/ (`npm run db:generate`).
 */
export * from './schema/datasets.ts';
export * from './schema/discussions.ts';
export * from './schema/history.ts';
export * from './schema/journal.ts';
export * from './schema/notebooks.ts';
export * from './schema/notifications.ts';
export * from './schema/people.ts';
export * from './schema/pool-parts.ts';
export * from './schema/pools.ts';
export * from './schema/proposals.ts';
export * from './schema/reports.ts';
export * from './schema/workshops.ts';
