/** Workshops, their tables and who takes part. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Lang } from '../../../core/notebook/notebook.ts';
import { id, time } from './columns.ts';
import { people } from './people.ts';

/** A « démarche »: the workshops over which needs will be combined. */
export const series = sqliteTable('series', {
	id: id(),
	title: text('title').notNull(),
	createdBy: text('created_by')
		.notNull()
		.references(() => people.id),
	createdAt: time('created_at').notNull()
});

export const workshops = sqliteTable(
	'workshops',
	{
		id: id(),
		seriesId: text('series_id')
			.notNull()
			.references(() => series.id),
		title: text('title').notNull(),
		description: text('description').notNull().default(''),
		/** Questions 1 to 8. */
		questions: text('questions', { mode: 'json' }).$type<number[]>().notNull(),
		lang: text('lang').$type<Lang>().notNull(),
		createdBy: text('created_by')
			.notNull()
			.references(() => people.id),
		createdAt: time('created_at').notNull(),
		endedAt: time('ended_at')
	},
	(t) => [index('workshops_series').on(t.seriesId)]
);

/** A table (team) of a workshop. */
export const workshopTables = sqliteTable(
	'workshop_tables',
	{
		id: id(),
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		name: text('name').notNull(),
		position: integer('position').notNull()
	},
	(t) => [index('workshop_tables_workshop').on(t.workshopId)]
);

export const workshopPeople = sqliteTable(
	'workshop_people',
	{
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		role: text('role', { enum: ['facilitator', 'participant'] }).notNull(),
		tableId: text('table_id').references(() => workshopTables.id, { onDelete: 'set null' }),
		joinedAt: time('joined_at').notNull()
	},
	(t) => [
		primaryKey({ columns: [t.workshopId, t.personId] }),
		index('workshop_people_person').on(t.personId)
	]
);

/** Kept readable: the facilitator shows it on a screen. At least 40 random bits; expires; revocable. */
export const joinCodes = sqliteTable(
	'join_codes',
	{
		code: text('code').primaryKey(),
		workshopId: text('workshop_id')
			.notNull()
			.references(() => workshops.id, { onDelete: 'cascade' }),
		expiresAt: time('expires_at').notNull(),
		revokedAt: time('revoked_at'),
		createdAt: time('created_at').notNull()
	},
	(t) => [index('join_codes_workshop').on(t.workshopId)]
);
