/** Workshops: prepared by a facilitator, listed for whoever takes part. */
import { and, asc, count, desc, eq, inArray } from 'drizzle-orm';
import { ForbiddenError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { cleanLine } from '../../core/people/profile.ts';
import { allows } from '../../core/permissions/table.ts';
import { QUESTIONS } from '../../core/workshop/vocabulary.ts';
import { requireAllowed } from '../access/require.ts';
import { rolesOnSeries } from '../access/series.ts';
import { rolesOnSite } from '../access/site.ts';
import { rolesOnWorkshop } from '../access/workshop.ts';
import { workshopsOf } from '../access/workshops-of.ts';
import type { Actor, App } from '../app.ts';
import { IMMEDIATE } from '../db/database.ts';
import { people, series, workshopPeople, workshops, workshopTables } from '../db/schema.ts';
import { TITLE_MAX } from './series.ts';
import { insertTable, TABLES_MAX } from './table.ts';

export const DESCRIPTION_MAX = 2000;

export interface WorkshopFields {
	readonly title: string;
	readonly description?: string;
	/** 1 to 8, at least one. */
	readonly questions: readonly number[];
	readonly lang: Lang;
}

export interface NewWorkshop extends WorkshopFields {
	readonly seriesId: string;
	/** Names of the tables (teams), in order; more can be added later. */
	readonly tables?: readonly string[];
}

function clean(fields: WorkshopFields) {
	const questions = [...new Set(fields.questions)].sort((a, b) => a - b);
	if (questions.length === 0) throw new InvalidError('question_required', {}, 'questions');
	if (!questions.every((q) => (QUESTIONS as readonly number[]).includes(q)))
		throw new InvalidError('question_unknown', {}, 'questions');
	const description = (fields.description ?? '').replace(/\r\n?/g, '\n').normalize('NFC').trim();
	if (description.length > DESCRIPTION_MAX)
		throw new InvalidError('too_long', { max: DESCRIPTION_MAX }, 'description');
	const title = cleanLine(fields.title, 'title', 'title_required', TITLE_MAX);
	return { title, description, questions, lang: fields.lang };
}

/** Creates a workshop in a series of the actor's, who facilitates it; answers its id. */
export function createWorkshop(app: App, actor: Actor | null, fields: NewWorkshop): string {
	if (!actor || !allows(rolesOnSite(actor), 'workshop.create'))
		throw new ForbiddenError(actor ? 'account_required' : 'sign_in_required');
	requireAllowed(rolesOnSeries(app, actor, fields.seriesId), 'series.read', 'series.manage');
	const values = clean(fields);
	const tables = (fields.tables ?? []).filter((name) => name.trim() !== '');
	if (tables.length > TABLES_MAX)
		throw new InvalidError('too_many_tables', { max: TABLES_MAX }, 'tables');
	const id = newId(app.random);
	const now = app.now();
	app.db.transaction(() => {
		app.db
			.insert(workshops)
			.values({
				id,
				seriesId: fields.seriesId,
				...values,
				createdBy: actor.personId,
				createdAt: now
			})
			.run();
		app.db
			.insert(workshopPeople)
			.values({ workshopId: id, personId: actor.personId, role: 'facilitator', joinedAt: now })
			.run();
		for (const name of tables) insertTable(app, id, name);
	}, IMMEDIATE);
	return id;
}

export function updateWorkshop(
	app: App,
	actor: Actor | null,
	id: string,
	fields: WorkshopFields
): void {
	requireAllowed(rolesOnWorkshop(app, actor, id), 'workshop.read', 'workshop.manage');
	app.db.update(workshops).set(clean(fields)).where(eq(workshops.id, id)).run();
}

/** Closes a workshop to newcomers, or opens it again; what was done in it stays. */
export function setWorkshopEnded(app: App, actor: Actor | null, id: string, ended: boolean): void {
	requireAllowed(rolesOnWorkshop(app, actor, id), 'workshop.read', 'workshop.manage');
	app.db
		.update(workshops)
		.set({ endedAt: ended ? app.now() : null })
		.where(eq(workshops.id, id))
		.run();
}

export interface WorkshopLine {
	readonly id: string;
	readonly title: string;
	readonly seriesTitle: string;
	readonly questions: readonly number[];
	readonly facilitates: boolean;
	readonly people: number;
	readonly ended: boolean;
	readonly createdAt: number;
}

/** The workshops that the actor facilitates or takes part in, latest first. */
export function listWorkshops(app: App, actor: Actor): WorkshopLine[] {
	const ids = workshopsOf(app, actor.personId);
	if (ids.length === 0) return [];
	const counts = new Map(
		app.db
			.select({ id: workshopPeople.workshopId, people: count() })
			.from(workshopPeople)
			.where(and(inArray(workshopPeople.workshopId, ids), eq(workshopPeople.role, 'participant')))
			.groupBy(workshopPeople.workshopId)
			.all()
			.map((row) => [row.id, row.people])
	);
	return app.db
		.select({ workshop: workshops, seriesTitle: series.title })
		.from(workshops)
		.innerJoin(series, eq(series.id, workshops.seriesId))
		.where(inArray(workshops.id, ids))
		.orderBy(desc(workshops.createdAt))
		.all()
		.map(({ workshop, seriesTitle }) => ({
			id: workshop.id,
			title: workshop.title,
			seriesTitle,
			questions: workshop.questions,
			facilitates: allows(rolesOnWorkshop(app, actor, workshop.id), 'workshop.manage'),
			people: counts.get(workshop.id) ?? 0,
			ended: workshop.endedAt !== null,
			createdAt: workshop.createdAt
		}));
}

export interface WorkshopPerson {
	readonly personId: string;
	readonly displayName: string;
	readonly kind: 'account' | 'guest';
	readonly role: 'facilitator' | 'participant';
	readonly tableId: string | null;
	readonly organisationName: string | null;
	readonly region: string | null;
	readonly discipline: string | null;
}

export interface Workshop {
	readonly id: string;
	readonly title: string;
	readonly description: string;
	readonly questions: readonly number[];
	readonly lang: Lang;
	readonly series: { readonly id: string; readonly title: string };
	readonly ended: boolean;
	readonly mayManage: boolean;
	/** The actor's own seat; null for who manages it by the series alone. */
	readonly mine: { readonly tableId: string | null } | null;
	readonly tables: readonly { readonly id: string; readonly name: string }[];
	/** In the order they came. What a participant said of themselves is shown to who facilitates alone. */
	readonly people: readonly WorkshopPerson[];
}

/** @throws NotFoundError for a missing one and for a stranger alike */
export function describeWorkshop(app: App, actor: Actor | null, id: string): Workshop {
	const roles = rolesOnWorkshop(app, actor, id);
	requireAllowed(roles, 'workshop.read');
	const found = app.db
		.select({ workshop: workshops, seriesTitle: series.title })
		.from(workshops)
		.innerJoin(series, eq(series.id, workshops.seriesId))
		.where(eq(workshops.id, id))
		.get();
	if (!found) throw new NotFoundError();
	const { workshop, seriesTitle } = found;
	const mayManage = allows(roles, 'workshop.manage');
	const tables = app.db
		.select({ id: workshopTables.id, name: workshopTables.name })
		.from(workshopTables)
		.where(eq(workshopTables.workshopId, id))
		.orderBy(asc(workshopTables.position))
		.all();
	const here = app.db
		.select({
			personId: people.id,
			displayName: people.displayName,
			kind: people.kind,
			role: workshopPeople.role,
			tableId: workshopPeople.tableId,
			organisationName: people.organisationName,
			region: people.region,
			discipline: people.discipline
		})
		.from(workshopPeople)
		.innerJoin(people, eq(people.id, workshopPeople.personId))
		.where(eq(workshopPeople.workshopId, id))
		.orderBy(asc(workshopPeople.joinedAt), asc(people.displayName))
		.all();
	const seat = here.find((person) => person.personId === actor?.personId);
	return {
		id,
		title: workshop.title,
		description: workshop.description,
		questions: workshop.questions,
		lang: workshop.lang,
		series: { id: workshop.seriesId, title: seriesTitle },
		ended: workshop.endedAt !== null,
		mayManage,
		mine: seat ? { tableId: seat.tableId } : null,
		tables,
		people: mayManage
			? here
			: here.map((person) => ({
					...person,
					organisationName: null,
					region: null,
					discipline: null
				}))
	};
}
