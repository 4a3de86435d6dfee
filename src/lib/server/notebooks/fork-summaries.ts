/**
 * What copies of notebooks changed. Each is reckoned from the two documents once, in a thread, and again when the copy
 * was edited; a call waits for a time that has an end, and leaves the rest to the next.
 */
import { eq, inArray } from 'drizzle-orm';
import { withoutBefore, type ForkSummary } from '../../core/notebook/fork-summary.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { rolesOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { throttlesOf } from '../auth/throttles.ts';
import { lastEdit, storedUpdates } from '../collab/journal.ts';
import { roomsOf } from '../collab/rooms.ts';
import { notebookVersions } from '../db/schema.ts';
import { logError } from '../log.ts';
import { frozenFor } from './versions.ts';

/** Milliseconds that a call waits. */
const BUDGET = 1_000;
/** Summaries that are kept; the oldest go first. */
const MOST = 5_000;

interface Kept {
	/** The language, the version that it was copied from, and the place of its last edit in the log. */
	readonly key: string;
	/** null: it cannot be read. */
	readonly summary: ForkSummary | null;
}
interface Memory {
	/** By the copy's id. */
	readonly kept: Map<string, Kept>;
	/** What is being reckoned, by the copy's id and the key: who asks for the same waits for the same. */
	readonly under: Map<string, Promise<void>>;
}
const memories = new WeakMap<App, Memory>();

export interface CopiedNotebook {
	readonly id: string;
	readonly parentVersionId: string | null;
}

/** Before a page of copies is made. @throws ThrottledError for who asks faster than a person and their pages do */
export function paceOfLooks(app: App, actor: Actor): void {
	void throttlesOf(app).looks.attempt([{ key: actor.personId }]);
}

/**
 * As `summariesOf`, for copies that the actor reads, of notebooks that they read. The words of the state that a copy was
 * made from are for those whom that state is for (`frozenFor`); the others are told how much changed, and where.
 */
export async function summariesFor(
	app: App,
	actor: Actor,
	copies: readonly (CopiedNotebook & { readonly parentId: string | null })[],
	lang: Lang
): Promise<Map<string, ForkSummary | null>> {
	const found = await summariesOf(app, copies, lang);
	const versions = app.db
		.select({
			...{ id: notebookVersions.id, notebookId: notebookVersions.notebookId },
			...{ reason: notebookVersions.reason, createdBy: notebookVersions.createdBy }
		})
		.from(notebookVersions)
		.where(
			inArray(
				notebookVersions.id,
				copies.flatMap(({ parentVersionId }) => parentVersionId ?? [])
			)
		)
		.all();
	const readers = new Map<string, ReturnType<typeof frozenFor>>();
	const shown = new Set<string | null>();
	for (const version of versions) {
		const id = version.notebookId;
		const isFor = readers.get(id) ?? frozenFor(app, actor, id, rolesOnNotebook(app, actor, id));
		readers.set(id, isFor);
		if (isFor(version)) shown.add(version.id);
	}
	for (const { id, parentVersionId } of copies) {
		const summary = found.get(id);
		if (summary && !shown.has(parentVersionId)) found.set(id, withoutBefore(summary));
	}
	return found;
}

/**
 * By the copy's id, null for one that cannot be read; one that is not there is not reckoned yet. Permissions have been asked.
 * @param budget milliseconds; one at least is reckoned
 */
export async function summariesOf(
	app: App,
	copies: readonly CopiedNotebook[],
	lang: Lang,
	budget: number = BUDGET
): Promise<Map<string, ForkSummary | null>> {
	const memory = memories.get(app) ?? { kept: new Map(), under: new Map() };
	memories.set(app, memory);
	const found = new Map<string, ForkSummary | null>();
	if (copies.length === 0) return found;
	roomsOf(app).journal.flush();
	const end = performance.now() + budget;
	const missing: CopiedNotebook[] = [];
	for (const copy of copies) {
		const known = memory.kept.get(copy.id);
		if (known?.key === keyOf(app, copy, lang)) found.set(copy.id, known.summary);
		else missing.push(copy);
	}
	let reckoned = 0;
	for (const copy of missing) {
		if (reckoned++ > 0 && performance.now() > end) break;
		const key = keyOf(app, copy, lang);
		const job = `${copy.id} ${key}`;
		let work = memory.under.get(job);
		if (!work) {
			work = reckon(app, memory, copy, lang, key).finally(() => memory.under.delete(job));
			memory.under.set(job, work);
		}
		// The first is waited for whatever it takes: a call is never in vain.
		if (reckoned === 1) await work;
		else await Promise.race([work, pause(Math.max(0, end - performance.now()))]);
		const known = memory.kept.get(copy.id);
		if (known?.key === key) found.set(copy.id, known.summary);
	}
	return found;
}

const keyOf = (app: App, { id, parentVersionId }: CopiedNotebook, lang: Lang): string =>
	`${lang} ${parentVersionId ?? ''} ${String(lastEdit(app, id))}`;

const pause = (ms: number): Promise<void> =>
	new Promise((resolve) => setTimeout(resolve, ms).unref());

/** Never rejects: one that cannot be read hides no other. */
async function reckon(
	app: App,
	{ kept }: Memory,
	{ id, parentVersionId }: CopiedNotebook,
	lang: Lang,
	key: string
): Promise<void> {
	let summary: ForkSummary | null = null;
	try {
		const origin =
			parentVersionId === null
				? undefined
				: app.db
						.select({ state: notebookVersions.state })
						.from(notebookVersions)
						.where(eq(notebookVersions.id, parentVersionId))
						.get();
		if (origin && parentVersionId !== null) {
			const { snapshot, updates } = storedUpdates(app, id);
			summary = await roomsOf(app).reckoner.reckon({
				...{ copyId: id, copy: { snapshot, updates }, lang },
				...{ originVersionId: parentVersionId, origin: origin.state }
			});
		}
	} catch (cause) {
		logError(`what notebook ${id} changed could not be reckoned`, cause);
	}
	kept.delete(id);
	kept.set(id, { key, summary });
	for (const old of kept.keys()) {
		if (kept.size <= MOST) break;
		kept.delete(old);
	}
}
