/** Who can act, what they sign in with, and the organisations that they belong to. */
import {
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	uniqueIndex
} from 'drizzle-orm/sqlite-core';
import type { Lang } from '../../../core/notebook/notebook.ts';
import { id, time } from './columns.ts';

/** Everyone who can act: an account (e-mail and password), or a guest of a workshop who may become one. */
export const people = sqliteTable(
	'people',
	{
		id: id(),
		kind: text('kind', { enum: ['account', 'guest'] }).notNull(),
		displayName: text('display_name').notNull(),
		/** Lower case; accounts only. */
		email: text('email'),
		passwordHash: text('password_hash'),
		administrator: integer('administrator', { mode: 'boolean' }).notNull().default(false),
		/** What a guest chose to say of themselves; all optional. */
		organisationName: text('organisation_name'),
		region: text('region'),
		discipline: text('discipline'),
		lang: text('lang').$type<Lang>().notNull().default('fr'),
		/** Whether a daily e-mail tells them what they have not read; for accounts. */
		dailyMail: integer('daily_mail', { mode: 'boolean' }).notNull().default(true),
		createdAt: time('created_at').notNull()
	},
	(t) => [uniqueIndex('people_email').on(t.email)]
);

export const sessions = sqliteTable(
	'sessions',
	{
		/** SHA-256 (hex) of the session id that the cookie holds. */
		idHash: text('id_hash').primaryKey(),
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		expiresAt: time('expires_at').notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [index('sessions_person').on(t.personId)]
);

/** One-time links: sign in as a person, or (without one) create the first administrator. */
export const signInLinks = sqliteTable('sign_in_links', {
	tokenHash: text('token_hash').primaryKey(),
	personId: text('person_id').references(() => people.id, { onDelete: 'cascade' }),
	expiresAt: time('expires_at').notNull(),
	usedAt: time('used_at')
});

export const organisations = sqliteTable('organisations', {
	id: id(),
	name: text('name').notNull(),
	region: text('region'),
	discipline: text('discipline'),
	createdAt: time('created_at').notNull()
});

export const memberships = sqliteTable(
	'memberships',
	{
		organisationId: text('organisation_id')
			.notNull()
			.references(() => organisations.id, { onDelete: 'cascade' }),
		personId: text('person_id')
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		role: text('role', { enum: ['member', 'steward'] }).notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [
		primaryKey({ columns: [t.organisationId, t.personId] }),
		index('memberships_person').on(t.personId)
	]
);
