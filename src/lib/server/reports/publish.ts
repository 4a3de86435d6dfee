/**
 * Publishing: takes what the author's browser sends for a claim, holds it to the frozen notebook and to the terms of
 * the datasets, and keeps it. Nothing is evaluated here, and no version is ever altered afterwards.
 */
import { and, eq, max } from 'drizzle-orm';
import type * as Y from 'yjs';
import { analyseCell } from '../../core/analysis/cell.ts';
import { AppError, ForbiddenError, InvalidError, NotFoundError } from '../../core/errors.ts';
import { barOf, exploredCells, type ExploreBar } from '../../core/governance/explore.ts';
import { filesOf, mayPublish, type PublishRefusal } from '../../core/governance/publish.ts';
import { printFileName } from '../../core/dataset/file-name.ts';
import {
	provenanceOf,
	type Provenance,
	type ProvenanceCell
} from '../../core/governance/provenance.ts';
import type { LineageSource } from '../../core/governance/terms.ts';
import { newId } from '../../core/ids.ts';
import { dayOf } from '../../core/moment.ts';
import { kindOf } from '../../core/analysis/kind-of.ts';
import type { Lang, Notebook } from '../../core/notebook/notebook.ts';
import { checkReport } from '../../core/report/check.ts';
import { Reading } from '../../core/report/reading.ts';
import {
	OUTPUT_KINDS,
	REPORT_LIMITS,
	type Explorable,
	type LeftOut,
	type ReportBlock,
	type ReportContent,
	type ReportOutput
} from '../../core/report/report.ts';
import { freeSlug, slugOf } from '../../core/report/slug.ts';
import { LIMITS } from '../../core/protocol/messages.ts';
import { requireOnNotebook } from '../access/notebook.ts';
import { requireOnReport } from '../access/report.ts';
import { rolesOnSite } from '../access/site.ts';
import { allows } from '../../core/permissions/table.ts';
import type { Actor, App } from '../app.ts';
import { roomsOf } from '../collab/rooms.ts';
import { recordAccess } from '../datasets/access-log.ts';
import { IMMEDIATE } from '../db/database.ts';
import { reports, reportVersions } from '../db/schema.ts';
import { freeze, readVersion } from '../notebooks/versions.ts';
import { knownSources } from './sources.ts';

/** What the browser sends; every member is unknown until checked. */
export interface PublishRequest {
	/** A `ReportContent`. */
	readonly content: unknown;
	/** `{ id, source }` of each cell as it ran: the notebook frozen must be the one that made the outputs. */
	readonly ran: unknown;
	/** The report that this is the next version of, or the version in the other language of; null: a new report. */
	readonly reportId: string | null;
	/** The address asked for a new report; null or '': one made from its title. */
	readonly slug?: string | null;
	/** `LeftOut` of each result that is not published; null: nobody said. */
	readonly leftOut?: unknown;
	/** Its author opens it to exploration: heeded where that is allowed (`ExploreOffer`). */
	readonly explorable?: boolean;
}

/** What the author may decide of exploration; null: nothing in the report follows from a control. */
export type ExploreOffer = {
	readonly bar: ExploreBar | null;
	/** Titles of the datasets whose rows readers would be given. */
	readonly datasets: readonly string[];
} | null;

export interface Published {
	readonly reportId: string;
	readonly slug: string;
	readonly lang: Lang;
	readonly number: number;
}

export type Publication =
	| {
			readonly published: Published;
			readonly refusals: readonly [];
			readonly explore: ExploreOffer;
	  }
	| {
			readonly published: null;
			readonly refusals: readonly PublishRefusal[];
			readonly explore: ExploreOffer;
	  };

/**
 * Publishes, or answers why the terms forbid it.
 * @throws what `checkReport` throws; ForbiddenError `report_account_needed` for a guest,
 * `report_withdrawn_by_administrator`; AppError `report_notebook_changed` when the notebook is no longer the one that ran;
 * InvalidError `report_slug_form`, `report_slug_taken`
 */
export function publishReport(
	app: App,
	actor: Actor,
	notebookId: string,
	request: PublishRequest
): Publication {
	return publishDocument(app, actor, notebookId, documentOf(app, actor, notebookId), request);
}

/** As `publishReport`, for a caller that read the document: inside a transaction nothing may read it from the rooms. */
export function publishDocument(
	app: App,
	actor: Actor,
	notebookId: string,
	doc: Y.Doc,
	request: PublishRequest
): Publication {
	let refused: Publication | undefined;
	try {
		return app.db.transaction(() => {
			const publication = publishNow(app, actor, notebookId, doc, request);
			if (publication.published) return publication;
			refused = publication;
			// What was frozen for the sake of the check goes too.
			throw new Undone();
		}, IMMEDIATE);
	} catch (cause) {
		if (cause instanceof Undone && refused) return refused;
		throw cause;
	}
}

/** What `publishReport` would refuse, with nothing kept. */
export const reviewReport = (
	app: App,
	actor: Actor,
	notebookId: string,
	request: PublishRequest
): readonly PublishRefusal[] => reviewPublication(app, actor, notebookId, request).refusals;

/** The same, with what may be decided of exploration. */
export function reviewPublication(
	app: App,
	actor: Actor,
	notebookId: string,
	request: PublishRequest
): Pick<Publication, 'refusals' | 'explore'> {
	const doc = documentOf(app, actor, notebookId);
	let reviewed: Publication | undefined;
	try {
		app.db.transaction(() => {
			reviewed = publishNow(app, actor, notebookId, doc, request);
			throw new Undone();
		}, IMMEDIATE);
	} catch (cause) {
		if (!(cause instanceof Undone)) throw cause;
	}
	return { refusals: reviewed?.refusals ?? [], explore: reviewed?.explore ?? null };
}

/** Before any transaction: reading writes the edits that wait, and they are acknowledged for good. */
function documentOf(app: App, actor: Actor, notebookId: string): Y.Doc {
	requireOnNotebook(app, actor, notebookId, 'report.publish');
	return roomsOf(app).read(notebookId).doc;
}

/** Takes a transaction back. */
class Undone extends Error {}

function publishNow(
	app: App,
	actor: Actor,
	notebookId: string,
	doc: Y.Doc,
	{ content: sent, ran, reportId, slug, leftOut, explorable }: PublishRequest
): Publication {
	requireOnNotebook(app, actor, notebookId, 'report.publish');
	if (!allows(rolesOnSite(actor), 'report.create'))
		throw new ForbiddenError('report_account_needed');
	if (reportId !== null) mayRevise(app, actor, reportId);
	const claimed = checkReport(sent);
	const { versionId, number } = freeze(app, actor, notebookId, doc, 'report');
	const notebook = readVersion(app, actor, notebookId, number);
	mustBeWhatRan(notebook, ran);
	const provenance = provenanceOfNotebook(notebook);
	const known = knownSources(app, actor, claimed.lang);
	const content = settle(claimed, notebook, provenance, known);
	const today = dayOf(app.now());
	const refusals = mayPublish(content, provenance, known, today);
	const left = leftOutOf(notebook, leftOut ?? null);
	const { offer, opened } = exploration(notebook, content, left ?? [], known, today);
	if (refusals.length) return { published: null, refusals, explore: offer };
	const report =
		reportId === null ? { slug: addressOf(app, content, slug ?? '') } : { id: reportId };
	const frozen = withoutGroups(content);
	const kept = {
		content: explorable && opened ? { ...frozen, explore: opened } : frozen,
		leftOut: left
	};
	for (const source of content.sources) recordAccess(app, actor, source, 'report');
	return {
		published: keep(app, actor, notebookId, versionId, report, kept),
		refusals: [],
		explore: offer
	};
}

/** What may be decided of exploration, and what is kept for readers where the terms of now allow it. */
function exploration(
	notebook: Notebook,
	{ blocks }: ReportContent,
	leftOut: readonly LeftOut[],
	known: (file: string) => LineageSource | null,
	today: string
): { offer: ExploreOffer; opened: Explorable | null } {
	const explored = exploredCells(analysedCells(notebook), blocks);
	if (!explored) return { offer: null, opened: null };
	const { needed, live, files, everyFile, readable } = explored;
	const bar: ExploreBar | null = readable
		? barOf(everyFile, known, today)
		: { reason: 'unreadable', dataset: '' };
	const datasets = files.flatMap((file) => known(file)?.title ?? []);
	if (bar) return { offer: { bar, datasets }, opened: null };
	const cells = notebook.cells
		.filter(({ id }) => needed.includes(id))
		.map(({ id, mode, source }) => ({ id, mode, source }));
	const left = leftOut.filter(({ cell }) => live.includes(cell));
	return {
		offer: { bar, datasets },
		opened: { cells, live, files, everyFile, leftOut: left }
	};
}

/** Another version of a report is for its owner; and for nobody while an administrator keeps it withdrawn. */
function mayRevise(app: App, actor: Actor, reportId: string): void {
	requireOnReport(app, actor, reportId, 'report.revise');
	const report = app.db
		.select({ kept: reports.withdrawnByAdministrator })
		.from(reports)
		.where(eq(reports.id, reportId))
		.get();
	if (report?.kept) throw new ForbiddenError('report_withdrawn_by_administrator');
}

/** The cells, their order aside, must read as they did when they ran. */
function mustBeWhatRan(notebook: Notebook, ran: unknown): void {
	const sources = new Map(
		new Reading(ran, '/ran').list(LIMITS.messageCells, (cell) => [
			cell.at('id').text(64),
			cell.at('source').text(LIMITS.markdownChars)
		])
	);
	const same =
		sources.size === notebook.cells.length &&
		notebook.cells.every((cell) => sources.get(cell.id) === cell.source);
	if (!same) throw new AppError('report_notebook_changed');
}

/** What the author left out, of the cells that are there. */
function leftOutOf(notebook: Notebook, sent: unknown): LeftOut[] | null {
	const ids = new Set(notebook.cells.map(({ id }) => id));
	return new Reading(sent, '/leftOut').orNull((all) =>
		all
			.list(REPORT_LIMITS.blocks * REPORT_LIMITS.outputsPerBlock, (one) => ({
				cell: one.at('cell').text(64),
				index: one.at('index').count(),
				kind: one.at('kind').oneOf(OUTPUT_KINDS)
			}))
			.filter(({ cell }) => ids.has(cell))
	);
}

/** What each cell can come from. A cell that cannot be read may come from anything. */
export const provenanceOfNotebook = (notebook: Notebook): Provenance =>
	provenanceOf(analysedCells(notebook));

function analysedCells(notebook: Notebook): ProvenanceCell[] {
	const analysed = notebook.cells.map((cell) => ({
		cell,
		analysis: analyseCell(cell.source, cell.mode)
	}));
	const names = analysed.flatMap(({ analysis }) => analysis.defines);
	return analysed.map(({ cell, analysis }) => ({
		id: cell.id,
		mode: cell.mode,
		source: cell.source,
		defines: analysis.defines,
		uses: analysis.problem ? [...names, ...analysis.inputs] : analysis.inputs
	}));
}

/**
 * Replaces what the browser said of the notebook and of the datasets by what the store holds: sources shown, kinds,
 * order, datasets and their terms. A file that the store does not know stays named by no source: it is refused after.
 */
function settle(
	claimed: ReportContent,
	notebook: Notebook,
	provenance: Provenance,
	known: (file: string) => LineageSource | null
): ReportContent {
	const cells = new Map(notebook.cells.map((cell, place) => [cell.id, { cell, place }]));
	const sources = new Map<string, LineageSource>();
	const settleOutput = (block: ReportBlock, claim: ReportOutput): ReportOutput => {
		const output = withGroups(claim, known);
		const own: LineageSource[] = [];
		for (const file of filesOf(block, output, provenance)) {
			const source = known(file);
			if (!source) continue;
			own.push(source);
			sources.set(file, source);
		}
		if (!('lineage' in output)) return output;
		if (output.lineage === null && !own.length) return output;
		const steps = (output.lineage?.steps ?? []).filter((step) => cells.has(step.cell));
		return { ...output, lineage: { sources: own, steps } };
	};
	const blocks = claimed.blocks
		.map((block) => {
			const found = cells.get(block.cell);
			if (!found) throw new AppError('report_notebook_changed');
			const { source, mode } = found.cell;
			return {
				place: found.place,
				block: {
					cell: block.cell,
					kind: kindOf(source, mode),
					source: block.source === null ? null : source,
					outputs: block.outputs.map((output) => settleOutput(block, output))
				}
			};
		})
		.sort((a, b) => a.place - b.place)
		.map(({ block }) => block);
	return { ...claimed, blocks, sources: [...sources.values()] };
}

/**
 * The sizes of groups of an output are taken for what they are only where they speak of each file that its lineage
 * names and that asks for them.
 */
function withGroups(
	output: ReportOutput,
	known: (file: string) => LineageSource | null
): ReportOutput {
	if (output.kind === 'control' || output.kind === 'text' || !output.groups) return output;
	const told = new Set(output.groups.map(({ file }) => file));
	const files = output.lineage?.sources.map(printFileName) ?? [];
	const speaks = files.every((file) => told.has(file) || !known(file)?.minimumGroup);
	return speaks ? output : withoutOwn(output);
}

function withoutOwn(output: ReportOutput): ReportOutput {
	if (output.kind === 'control') return output;
	const { groups: _, ...rest } = output;
	return rest;
}

/** What readers get: what was held against the terms is not published. */
function withoutGroups(content: ReportContent): ReportContent {
	return {
		...content,
		blocks: content.blocks.map((block) => ({
			...block,
			outputs: block.outputs.map(withoutOwn)
		}))
	};
}

/** The address of a new report: the one asked for, or the first free one that its title makes. */
function addressOf(app: App, content: ReportContent, asked: string): string {
	const taken = (slug: string): boolean =>
		app.db.select({ id: reports.id }).from(reports).where(eq(reports.slug, slug)).get() !==
		undefined;
	if (!asked) return freeSlug(content.title, taken, FALLBACK[content.lang]);
	if (slugOf(asked) !== asked) throw new InvalidError('report_slug_form', {}, 'slug');
	if (taken(asked)) throw new InvalidError('report_slug_taken', {}, 'slug');
	return asked;
}

function keep(
	app: App,
	actor: Actor,
	notebookId: string,
	notebookVersionId: string,
	to: { readonly id: string } | { readonly slug: string },
	{ content, leftOut }: { readonly content: ReportContent; readonly leftOut: LeftOut[] | null }
): Published {
	const now = app.now();
	let report: { readonly id: string; readonly slug: string };
	if ('id' in to) {
		const found = app.db
			.select({ id: reports.id, slug: reports.slug })
			.from(reports)
			.where(eq(reports.id, to.id))
			.get();
		if (!found) throw new NotFoundError();
		report = found;
		// Publishing again restores the report; what was withdrawn before stays withdrawn, for the same reason.
		app.db.update(reports).set({ withdrawnAt: null }).where(eq(reports.id, report.id)).run();
	} else {
		report = { id: newId(app.random), slug: to.slug };
		app.db
			.insert(reports)
			.values({ ...report, notebookId, ownerId: actor.personId, createdAt: now })
			.run();
	}
	const last = app.db
		.select({ number: max(reportVersions.number) })
		.from(reportVersions)
		.where(and(eq(reportVersions.reportId, report.id), eq(reportVersions.lang, content.lang)))
		.get();
	const number = (last?.number ?? 0) + 1;
	app.db
		.insert(reportVersions)
		.values({
			id: newId(app.random),
			reportId: report.id,
			lang: content.lang,
			number,
			content,
			leftOut,
			notebookId,
			notebookVersionId,
			publishedBy: actor.personId,
			publishedAt: now
		})
		.run();
	return { reportId: report.id, slug: report.slug, lang: content.lang, number };
}

const FALLBACK: Readonly<Record<Lang, string>> = { fr: 'rapport', en: 'report' };
