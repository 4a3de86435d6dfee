import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors.ts';
import type { PublicationTerms } from '../../core/governance/terms.ts';
import { toNotebook, type CellSpec, type Lang } from '../../core/notebook/notebook.ts';
import type { Actor, App } from '../app.ts';
import { QUOTAS } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import {
	datasets,
	datasetVersions,
	memberships,
	notebookGrants,
	notebooks,
	notebookVersions,
	organisations,
	people,
	reports
} from '../db/schema.ts';
import * as Y from 'yjs';
import { readNotebook, setTitle } from '../../collab/document.ts';
import { roomsOf } from '../collab/rooms.ts';
import { createNotebook } from '../notebooks/create.ts';
import { decodeVersion } from '../notebooks/versions.ts';
import { eq } from 'drizzle-orm';
import { reportsOfNotebook } from './of-notebook.ts';
import {
	provenanceOfNotebook,
	publishReport,
	reviewReport,
	type PublishRequest
} from './publish.ts';
import { listReports, readReport } from './read.ts';
import { liftWithdrawal, withdrawReport } from './withdraw.ts';

let clock: number;
let app: App;
let ana: Actor;
let luc: Actor;
let boss: Actor;

function person(id: string, more: Partial<Actor> = {}): Actor {
	const actor: Actor = {
		personId: id,
		kind: 'account',
		displayName: id,
		email: `${id}@exemple.org`,
		administrator: false,
		lang: 'fr',
		...more
	};
	app.db
		.insert(people)
		.values({
			id,
			kind: actor.kind,
			displayName: id,
			email: actor.email,
			administrator: actor.administrator,
			createdAt: clock
		})
		.run();
	return actor;
}

/** A dataset of an organisation that Ana is a member of, unless `foreign`. */
function dataset(slug: string, publication: PublicationTerms, foreign = false): void {
	const organisationId = foreign ? 'autre' : 'fleuve';
	app.db
		.insert(datasets)
		.values({
			id: `d-${slug}`,
			slug,
			organisationId,
			title: `Titre de ${slug}`,
			licence: 'CC-BY-4.0',
			publication,
			synthetic: true,
			createdBy: 'luc',
			createdAt: clock
		})
		.run();
	app.db
		.insert(datasetVersions)
		.values({
			id: `v-${slug}`,
			datasetId: `d-${slug}`,
			number: 1,
			hash: 'b'.repeat(64),
			byteLength: 10,
			rows: 1000,
			columns: [],
			createdBy: 'luc',
			createdAt: clock
		})
		.run();
}

beforeEach(() => {
	clock = Date.UTC(2026, 10, 24, 12);
	let seed = 1;
	app = {
		config: {
			port: 0,
			host: '127.0.0.1',
			origin: 'http://127.0.0.1',
			data: '',
			loopback: true,
			demo: false,
			quotas: QUOTAS
		} as App['config'],
		db: openDatabase(':memory:', 'drizzle'),
		blobs: {
			put: () => Promise.reject(new Error('unused')),
			keep: () => Promise.reject(new Error('unused')),
			remove: () => Promise.reject(new Error('unused')),
			sweep: () => Promise.reject(new Error('unused')),
			get: () => Promise.reject(new Error('unused')),
			open: () => Promise.reject(new Error('unused'))
		},
		now: () => clock,
		random: (bytes) => {
			for (let i = 0; i < bytes.length; i++) bytes[i] = (seed = (seed * 48271) % 2147483647) & 255;
			return bytes;
		}
	};
	ana = person('ana');
	luc = person('luc');
	boss = person('boss', { administrator: true });
	for (const id of ['fleuve', 'autre'])
		app.db
			.insert(organisations)
			.values({ id, name: `Théâtre ${id}`, createdAt: clock })
			.run();
	app.db
		.insert(memberships)
		.values({ organisationId: 'fleuve', personId: 'ana', role: 'member', createdAt: clock })
		.run();
});

const TEXT: CellSpec = { id: 'texte', mode: 'md', source: '# Bonjour' };
const DATA: CellSpec = {
	id: 'data',
	source: 'const billets = FileAttachment("billets@1.arrow").arquero();'
};
const SUM: CellSpec = {
	id: 'sum',
	source: 'const parMois = billets.groupby("mois").rollup({n: d => op.sum(d.n)});'
};

const notebook = (cells: CellSpec[], lang: Lang = 'fr', owner = ana): string =>
	createNotebook(app, owner, { notebook: toNotebook({ title: 'Carnet', lang, cells }) });

const lies = {
	datasetId: 'd-faux',
	slug: 'billets',
	version: 1,
	hash: 'a'.repeat(64),
	title: 'Faux titre',
	organisation: 'Faux organisme',
	licence: 'CC0-1.0',
	publication: 'rows',
	synthetic: false,
	rows: 3
};
const table = (sources: unknown[], steps: unknown[]) => ({
	kind: 'table',
	caption: '',
	columns: [{ name: 'n', type: 'integer' }],
	rows: [[1]],
	total: 1,
	lineage: { sources, steps },
	groups: sizes([1000])
});
/** What a browser says of the groups that an output shows. */
const sizes = (list: number[], more: Record<string, unknown> = {}) => [
	{ file: 'billets@1.arrow', sizes: list, rests: [], told: true, ...more }
];
const SUMMED = [
	{ cell: 'sum', verb: 'groupby', rows: 1000 },
	{ cell: 'sum', verb: 'rollup', rows: 12 }
];
const block = (cell: string, output: unknown) => ({
	cell,
	kind: 'code',
	source: null,
	outputs: [output]
});
const words = block('texte', { kind: 'text', markdown: '# Bonjour' });

function request(
	cells: CellSpec[],
	blocks: unknown[] = [words],
	more: Record<string, unknown> = {},
	reportId: string | null = null
): PublishRequest {
	return {
		content: {
			lang: 'fr',
			title: 'Rejoindre l’été',
			summary: 'Résumé.',
			authors: ['Ana'],
			licence: 'CC-BY-4.0',
			blocks,
			sources: [],
			...more
		},
		ran: cells.map(({ id, source }) => ({ id, source: source ?? '' })),
		reportId
	};
}

const shareWith = (notebookId: string, personId: string): void => {
	app.db
		.insert(notebookGrants)
		.values({
			id: `g-${notebookId}-${personId}`,
			notebookId,
			granteeKind: 'person',
			granteeId: personId,
			level: 'editor',
			createdBy: 'ana',
			createdAt: clock
		})
		.run();
};

const codeOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		if (error instanceof AppError) return error.code;
		throw error;
	}
	return 'done';
};

function publish(id: string, asked: PublishRequest, who = ana) {
	const { published, refusals } = publishReport(app, who, id, asked);
	if (!published) throw new Error(JSON.stringify(refusals));
	return published;
}
const read = (slug: string, lang: Lang = 'fr', number: number | null = null) => {
	const report = readReport(app, slug, lang, number);
	if (report.state !== 'published') throw new Error(report.state);
	return report;
};

describe('publishing', () => {
	it('keeps the report at an address of its own, read by anyone', () => {
		const id = notebook([TEXT]);
		expect(publish(id, request([TEXT]))).toMatchObject({
			slug: 'rejoindre-l-ete',
			number: 1,
			lang: 'fr'
		});
		const report = read('rejoindre-l-ete');
		expect(report.content.title).toBe('Rejoindre l’été');
		expect(report.publishedAt).toBe(clock);
		expect(listReports(app, 'fr').map(({ slug }) => slug)).toEqual(['rejoindre-l-ete']);
		expect(publish(id, request([TEXT])).slug).toBe('rejoindre-l-ete-2');
	});
	it('stands at the address that its author asks for, if it is one and is free', () => {
		const id = notebook([TEXT]);
		const at = (slug: string) => publish(id, { ...request([TEXT]), slug }).slug;
		expect(at('notre-ete')).toBe('notre-ete');
		expect(codeOf(() => at('notre-ete'))).toBe('report_slug_taken');
		for (const slug of ['Notre été', '../compte', 'a/b', '-a', 'x'.repeat(200)])
			expect(codeOf(() => at(slug))).toBe('report_slug_form');
		// A next version keeps the address of the first.
		const { reportId } = publish(id, request([TEXT]));
		const next = { ...request([TEXT], [words], {}, reportId), slug: 'ailleurs' };
		expect(publish(id, next)).toMatchObject({ slug: 'rejoindre-l-ete', number: 2 });
	});
	it('hands back what its author chose, for the next version', () => {
		const id = notebook([TEXT]);
		publish(id, request([TEXT], [{ ...words, source: 'montré' }]));
		expect(reportsOfNotebook(app, ana, id)[0]?.last).toEqual({
			title: 'Rejoindre l’été',
			summary: 'Résumé.',
			authors: ['Ana'],
			licence: 'CC-BY-4.0',
			blocks: [{ cell: 'texte', shown: true, words: [{ kind: 'text', text: '' }] }],
			leftOut: []
		});
	});
	it('hands back what its author left out, which no reader gets', () => {
		const id = notebook([TEXT]);
		const left = { cell: 'texte', index: 1, kind: 'table' };
		const asked = { ...request([TEXT]), leftOut: [left, { ...left, cell: 'absente' }] };
		const { slug } = publish(id, asked);
		expect(reportsOfNotebook(app, ana, id)[0]?.last?.leftOut).toEqual([left]);
		expect(JSON.stringify(read(slug))).not.toContain('leftOut');
		for (const leftOut of ['tout', [{ ...left, index: -1 }], [{ ...left, kind: '__proto__' }]])
			expect(codeOf(() => publish(id, { ...request([TEXT]), leftOut }))).toBe('report_malformed');
	});
	it('answers for a notebook with a cell too deep to be read', () => {
		const deep = provenanceOfNotebook(
			toNotebook({
				cells: [
					{ id: '1', source: 'const a = 1' },
					{ id: '2', source: `a${'.b'.repeat(100_000)}` }
				]
			})
		);
		expect(deep).toBeDefined();
	});

	it('is for editors of the notebook alone', () => {
		const id = notebook([TEXT]);
		expect(codeOf(() => publishReport(app, luc, id, request([TEXT])))).toBe('not_found');
		expect(codeOf(() => publishReport(app, luc, 'absent', request([TEXT])))).toBe('not_found');
		const share = (level: 'viewer' | 'editor') =>
			app.db
				.insert(notebookGrants)
				.values({
					id: level,
					notebookId: id,
					granteeKind: 'person',
					granteeId: 'luc',
					level,
					createdBy: 'ana',
					createdAt: clock
				})
				.run();
		share('viewer');
		expect(codeOf(() => publishReport(app, luc, id, request([TEXT])))).toBe('forbidden');
		expect(codeOf(() => reviewReport(app, luc, id, request([TEXT])))).toBe('forbidden');
		expect(codeOf(() => reportsOfNotebook(app, luc, id))).toBe('forbidden');
		share('editor');
		expect(publish(id, request([TEXT]), luc).number).toBe(1);
	});
	it('needs an account: a guest edits, and is told so', () => {
		const guest = person('invitee', { kind: 'guest', email: null });
		const own = notebook([TEXT], 'fr', guest);
		expect(codeOf(() => publishReport(app, guest, own, request([TEXT])))).toBe(
			'report_account_needed'
		);
		expect(codeOf(() => reviewReport(app, guest, own, request([TEXT])))).toBe(
			'report_account_needed'
		);
		expect(reportsOfNotebook(app, guest, own)).toEqual([]);
		// The same person, once it is an account, publishes what they made.
		app.db.update(people).set({ kind: 'account' }).where(eq(people.id, 'invitee')).run();
		expect(publish(own, request([TEXT]), { ...guest, kind: 'account' }).number).toBe(1);
	});
	it('shows whose account published it, whatever authors are typed', () => {
		const { slug } = publish(
			notebook([TEXT]),
			request([TEXT], [words], { authors: ['Ministère de la Culture'] })
		);
		expect(read(slug)).toMatchObject({ publishedBy: 'ana' });
	});
	it('lets a co-editor publish their own report of it, and neither add to nor restore another’s', () => {
		const id = notebook([TEXT]);
		const { reportId, slug } = publish(id, request([TEXT]));
		shareWith(id, 'luc');
		const luc2 = notebook([TEXT], 'fr', luc);
		const false_ = request([TEXT], [words], { title: 'Faux' }, reportId);
		for (const from of [id, luc2])
			expect(codeOf(() => publish(from, false_, luc))).toBe('forbidden');
		expect(codeOf(() => withdrawReport(app, luc, reportId, 'x'))).toBe('forbidden');
		expect(reportsOfNotebook(app, luc, id)).toEqual([]);
		withdrawReport(app, ana, reportId, 'Données fausses.');
		for (const from of [id, luc2])
			expect(codeOf(() => publish(from, false_, luc))).toBe('forbidden');
		expect(readReport(app, slug, 'fr', null).state).toBe('withdrawn');
		// A report of their own, from the notebook that they edit (positive control).
		expect(publish(id, request([TEXT]), luc).number).toBe(1);
		expect(publish(id, request([TEXT], [words], {}, reportId)).number).toBe(2);
	});
	it('lets the owner of the notebook that it came from, or of its twin, add a version', () => {
		const id = notebook([TEXT]);
		shareWith(id, 'luc');
		const { reportId } = publish(id, request([TEXT]), luc);
		expect(publish(id, request([TEXT], [words], {}, reportId)).number).toBe(2);
		const twin = notebook([TEXT], 'en', boss);
		app.db.update(notebooks).set({ twinId: id }).where(eq(notebooks.id, twin)).run();
		app.db.update(notebooks).set({ twinId: twin }).where(eq(notebooks.id, id)).run();
		const plain = { ...boss, administrator: false };
		const english = request([TEXT], [words], { lang: 'en', title: 'Summer' }, reportId);
		expect(publish(twin, english, plain).lang).toBe('en');
	});
	it('adds no version to another person’s report', () => {
		const own = notebook([TEXT]);
		const { reportId } = publish(own, request([TEXT]));
		const other = notebook([TEXT], 'fr', luc);
		expect(codeOf(() => publish(other, request([TEXT], [words], {}, reportId), luc))).toBe(
			'forbidden'
		);
		expect(codeOf(() => publish(other, request([TEXT], [words], {}, 'absent'), luc))).toBe(
			'not_found'
		);
	});
	it('refuses a notebook that is no longer the one that ran', () => {
		const id = notebook([TEXT]);
		const other = { ...TEXT, source: '# Autre' };
		for (const ran of [[other], [], [TEXT, DATA]])
			expect(codeOf(() => publishReport(app, ana, id, request(ran)))).toBe(
				'report_notebook_changed'
			);
		const ghost = [block('fantome', { kind: 'text', markdown: 'x' })];
		expect(codeOf(() => publishReport(app, ana, id, request([TEXT], ghost)))).toBe(
			'report_notebook_changed'
		);
		expect(app.db.select().from(notebookVersions).all()).toHaveLength(0);
	});
	it('shows the code of the notebook, whatever the browser says it is', () => {
		const id = notebook([TEXT, DATA]);
		dataset('billets', 'rows');
		const shown = { ...block('data', table([lies], [])), source: 'const autre = 1', kind: 'chart' };
		const { slug } = publish(id, request([TEXT, DATA], [shown, words]));
		const { blocks } = read(slug).content;
		expect(blocks.map(({ cell }) => cell)).toEqual(['texte', 'data']);
		expect(blocks[1]?.source).toBe(DATA.source);
		expect(blocks[1]?.kind).toBe('data');
	});
});

describe('terms', () => {
	const cells = [TEXT, DATA, SUM];
	const attempt = (blocks: unknown[], of = cells) =>
		publishReport(app, ana, notebook(of), request(of, blocks)).refusals.map(({ reason }) => reason);

	it('are those of the store, not those that the browser claims', () => {
		dataset('billets', 'nothing');
		expect(attempt([block('sum', table([lies], SUMMED))])).toEqual(['nothing']);
		expect(attempt([block('sum', table([], []))])).toEqual(['nothing']);
		expect(app.db.select().from(reports).all()).toHaveLength(0);
		expect(app.db.select().from(notebookVersions).all()).toHaveLength(0);
		expect(attempt([words])).toEqual([]);
	});
	it('let aggregates through and refuse rows', () => {
		dataset('billets', 'aggregates');
		expect(attempt([block('data', table([lies], []))])).toEqual(['rows']);
		expect(
			attempt([block('sum', table([lies], [{ cell: 'sum', verb: 'filter', rows: 3 }]))])
		).toEqual(['rows']);
		expect(attempt([block('sum', table([lies], SUMMED))])).toEqual([]);
	});
	it('refuse what is not there, was withdrawn, or is not for this person, all alike', () => {
		expect(attempt([block('data', table([lies], []))])).toEqual(['unknown']);
		dataset('billets', 'rows', true);
		const foreign = publishReport(
			app,
			ana,
			notebook(cells),
			request(cells, [block('data', table([lies], []))])
		).refusals;
		expect(foreign).toEqual([
			{ reason: 'unknown', cell: 'data', output: 0, kind: 'table', dataset: '', organisation: '' }
		]);
		app.db.update(datasets).set({ organisationId: 'fleuve' }).run();
		expect(attempt([block('data', table([lies], []))])).toEqual([]);
		app.db.update(datasets).set({ withdrawnAt: clock }).run();
		expect(attempt([block('data', table([lies], []))])).toEqual(['unknown']);
	});
	it('reach a cell that cannot be read', () => {
		dataset('billets', 'nothing');
		const broken: CellSpec = { id: 'sum', source: 'const = (' };
		const value = { kind: 'value', caption: '', text: '12', lineage: null };
		expect(attempt([block('sum', value)], [TEXT, DATA, broken])).toEqual(['nothing']);
	});
	it('reach a file whose call is written with escaped letters', () => {
		dataset('billets', 'nothing');
		const hidden: CellSpec = {
			id: 'data',
			source: String.raw`const billets = FileAttach\u006dent("billets" + "@1.arrow").arquero();`
		};
		const value = { kind: 'value', caption: '', text: '12', lineage: null };
		expect(attempt([block('data', value)], [TEXT, hidden])).toEqual(['unreadable']);
	});
	it('are kept with the report as they were, with the datasets’ real names', () => {
		dataset('billets', 'aggregates');
		const { slug } = publish(
			notebook(cells),
			request(cells, [block('sum', table([lies], SUMMED))])
		);
		app.db.update(datasets).set({ publication: 'nothing', title: 'Autre' }).run();
		expect(read(slug).content.sources).toEqual([
			{
				datasetId: 'd-billets',
				slug: 'billets',
				version: 1,
				hash: 'b'.repeat(64),
				title: 'Titre de billets',
				organisation: 'Théâtre fleuve',
				licence: 'CC-BY-4.0',
				publication: 'aggregates',
				synthetic: true,
				rows: 1000,
				minimumGroup: 10
			}
		]);
	});
	it('freeze what a report must print, whatever becomes of them', () => {
		dataset('billets', 'aggregates');
		const terms = { purpose: 'Étude', acknowledgement: 'Merci', validUntil: '2026-12-31' };
		app.db
			.update(datasets)
			.set({ ...terms, minimumGroup: 4, remuneration: 'À convenir' })
			.run();
		const { slug } = publish(
			notebook(cells),
			request(cells, [block('sum', table([{ ...lies, acknowledgement: 'Faux' }], SUMMED))])
		);
		app.db.update(datasets).set({ purpose: '', acknowledgement: '', validUntil: null }).run();
		const { sources, blocks } = read(slug).content;
		expect(sources).toMatchObject([{ ...terms, minimumGroup: 4 }]);
		expect(sources[0]).not.toHaveProperty('remuneration');
		expect(blocks.flatMap(({ outputs }) => outputs)).toMatchObject([
			{ lineage: { sources: [terms] } }
		]);
	});
	it('let nothing be published past their last day, and say why to who could read it', () => {
		dataset('billets', 'rows');
		const id = notebook(cells);
		const asked = request(cells, [block('sum', table([lies], SUMMED))]);
		const reasons = () => reviewReport(app, ana, id, asked).map(({ reason }) => reason);
		app.db.update(datasets).set({ validUntil: '2026-11-24' }).run();
		expect(reasons()).toEqual([]);
		clock += 86_400_000;
		expect(reasons()).toEqual(['expired']);
		expect(publishReport(app, ana, id, asked).published).toBeNull();
		expect(app.db.select().from(reports).all()).toHaveLength(0);
	});
	it('refuse a small group that is certain', () => {
		dataset('billets', 'aggregates');
		const counted: CellSpec[] = [
			...cells,
			{ id: 'compte', source: 'const parVille = billets.groupby("ville").count();' }
		];
		const shown = (count: number) => {
			const output = {
				...table([lies], [{ cell: 'compte', verb: 'count', rows: 12 }]),
				columns: [{ name: 'count', type: 'integer' }],
				rows: [[count]]
			};
			return reviewReport(app, ana, notebook(counted), request(counted, [block('compte', output)]));
		};
		expect(shown(10)).toEqual([]);
		expect(shown(9)).toMatchObject([
			{ reason: 'small_group', dataset: 'Titre de billets', groups: { count: 1, minimum: 10 } }
		]);
	});
	it('hold what the browser says of groups to the minimum of the store, and want it said', () => {
		dataset('billets', 'aggregates');
		const id = notebook(cells);
		const told = (groups: unknown) => {
			const asked = request(cells, [block('sum', { ...table([lies], SUMMED), groups })]);
			const { published, refusals } = publishReport(app, ana, id, asked);
			expect(published === null).toBe(refusals.length > 0);
			return refusals.map(({ reason, groups: found }) => [reason, found?.count]);
		};
		expect(told(sizes([3, 9, 10]))).toEqual([['small_group', 2]]);
		expect(told(sizes([12], { rests: [4] }))).toEqual([['small_rest', 1]]);
		expect(told(sizes([2], { told: false }))).toEqual([['group_unknown', 0]]);
		expect(told(undefined)).toEqual([['group_unknown', 0]]);
		// Its lineage names the dataset, and nothing is said of its groups.
		expect(told([])).toEqual([['group_unknown', 0]]);
		expect(told(sizes([10], { file: 'autre@1.arrow' }))).toEqual([['group_unknown', 0]]);
		expect(app.db.select().from(reports).all()).toHaveLength(0);
		expect(told(sizes([10, 11]))).toEqual([]);
		expect(codeOf(() => told([{ file: 'billets@1.arrow', sizes: [-1] }]))).toBe('report_malformed');
		app.db.update(datasets).set({ minimumGroup: 11 }).run();
		expect(told(sizes([10, 11]))).toEqual([['small_group', 1]]);
	});
	it('cannot tell a browser that lies about its groups: what it shows is its author’s claim', () => {
		dataset('billets', 'aggregates');
		const forged = { ...table([lies], SUMMED), rows: [[3]], groups: sizes([1000]) };
		expect(attempt([block('sum', forged)])).toEqual([]);
	});
	it('keep nothing of the sizes of groups with the report', () => {
		dataset('billets', 'aggregates');
		const { slug } = publish(
			notebook(cells),
			request(cells, [
				block('sum', table([lies], SUMMED)),
				block('texte', { kind: 'text', markdown: '# Bonjour', groups: sizes([12]) })
			])
		);
		expect(JSON.stringify(read(slug).content)).not.toContain('"groups"');
	});
	it('are told by a review that keeps nothing', () => {
		dataset('billets', 'nothing');
		const id = notebook(cells);
		const asked = request(cells, [block('data', table([lies], []))]);
		expect(reviewReport(app, ana, id, asked).map(({ reason }) => reason)).toEqual(['nothing']);
		expect(reviewReport(app, ana, id, request(cells))).toEqual([]);
		expect(app.db.select().from(notebookVersions).all()).toHaveLength(0);
		expect(app.db.select().from(reports).all()).toHaveLength(0);
	});
});

describe('an edit that waits to be written', () => {
	/** Someone types: the edit is received, and not on disk yet. */
	function type(id: string, title: string): Promise<void> {
		const { journal } = roomsOf(app);
		const doc = journal.load(id);
		let update: Uint8Array = new Uint8Array();
		doc.once('update', (bytes: Uint8Array) => (update = bytes));
		setTitle(doc, title);
		return journal.append({ notebookId: id, update, personId: 'ana', writers: [doc.clientID] });
	}
	const stored = (id: string) => readNotebook(roomsOf(app).journal.load(id, new Y.Doc())).title;

	it('is on disk once it is acknowledged, whatever a review takes back', async () => {
		const id = notebook([TEXT]);
		const kept = type(id, 'Relu');
		expect(reviewReport(app, ana, id, request([TEXT]))).toEqual([]);
		await kept;
		expect(stored(id)).toBe('Relu');
	});
	it('is on disk once it is acknowledged, whatever a refusal takes back', async () => {
		dataset('billets', 'nothing');
		const cells = [TEXT, DATA];
		const id = notebook(cells);
		const kept = type(id, 'Refusé');
		const asked = request(cells, [block('data', table([lies], []))]);
		expect(publishReport(app, ana, id, asked).published).toBeNull();
		await kept;
		expect(stored(id)).toBe('Refusé');
	});
	it('is in what is published', async () => {
		const id = notebook([TEXT]);
		const kept = type(id, 'Publié');
		publish(id, request([TEXT]));
		await kept;
		const frozen = app.db.select().from(notebookVersions).get();
		expect(frozen && decodeVersion(frozen.state).title).toBe('Publié');
	});
	it('is never written inside another’s transaction, which could be taken back', async () => {
		const id = notebook([TEXT]);
		const kept = type(id, 'Seul');
		const { journal } = roomsOf(app);
		expect(() => app.db.transaction(() => journal.flush())).toThrow(/transaction/);
		await kept;
		expect(stored(id)).toBe('Seul');
	});
});

describe('versions', () => {
	it('stay at their address when another is published', () => {
		const id = notebook([TEXT]);
		const first = publish(id, request([TEXT]));
		clock += 1000;
		const again = publish(id, request([TEXT], [words], { title: 'Nouveau titre' }, first.reportId));
		expect(again).toMatchObject({ slug: first.slug, number: 2 });
		expect(read(first.slug).content.title).toBe('Nouveau titre');
		const old = read(first.slug, 'fr', 1);
		expect(old.content.title).toBe('Rejoindre l’été');
		expect(old.latest).toBe(2);
		expect(old.versions.map(({ number }) => number)).toEqual([2, 1]);
		expect(codeOf(() => read(first.slug, 'fr', 3))).toBe('not_found');
		expect(codeOf(() => read('absent'))).toBe('not_found');
	});
	it('count apart in each language, at one slug', () => {
		const french = notebook([TEXT]);
		const { reportId, slug } = publish(french, request([TEXT]));
		expect(readReport(app, slug, 'en', null)).toEqual({ state: 'elsewhere', lang: 'fr' });
		expect(read(slug).twin).toBe(false);
		const english = notebook([TEXT], 'en');
		app.db.update(notebooks).set({ twinId: french }).where(eq(notebooks.id, english)).run();
		expect(reportsOfNotebook(app, ana, english)).toMatchObject([
			{ id: reportId, own: false, twin: true, numbers: { fr: 1 }, last: null }
		]);
		const twin = request([TEXT], [words], { lang: 'en', title: 'Summer' }, reportId);
		expect(publish(english, twin)).toMatchObject({ slug, lang: 'en', number: 1 });
		expect(read(slug, 'en').content.title).toBe('Summer');
		expect(read(slug).twin).toBe(true);
		expect(listReports(app, 'en').map(({ title }) => title)).toEqual(['Summer']);
		expect(listReports(app, 'fr').map(({ title }) => title)).toEqual(['Rejoindre l’été']);
	});
	it('say what the notebook was derived from only where that is public', () => {
		const parent = notebook([TEXT], 'fr', luc);
		const id = notebook([TEXT]);
		app.db.update(notebooks).set({ parentId: parent }).where(eq(notebooks.id, id)).run();
		const { slug } = publish(id, request([TEXT]));
		expect(read(slug).derivedFrom).toBeNull();
		const before = publish(parent, request([TEXT], [words], { title: 'Origine' }), luc);
		expect(read(slug).derivedFrom).toEqual({ title: 'Origine', slug: before.slug });
	});
});

describe('withdrawing', () => {
	it('takes every version away, says why, and lists it no more', () => {
		const id = notebook([TEXT]);
		const { reportId, slug } = publish(id, request([TEXT]));
		publish(id, request([TEXT], [words], {}, reportId));
		withdrawReport(app, ana, reportId, ' Une erreur de calcul. ');
		for (const number of [null, 1, 2])
			expect(readReport(app, slug, 'fr', number)).toEqual({
				state: 'withdrawn',
				title: 'Rejoindre l’été',
				reason: 'Une erreur de calcul.',
				at: clock,
				latest: null
			});
		expect(listReports(app, 'fr')).toEqual([]);
		expect(reportsOfNotebook(app, ana, id)[0]?.withdrawn).toBe(true);
	});
	it('is undone by publishing again; what was withdrawn stays so', () => {
		const id = notebook([TEXT]);
		const { reportId, slug } = publish(id, request([TEXT]));
		withdrawReport(app, ana, reportId, 'Erreur.');
		expect(publish(id, request([TEXT], [words], {}, reportId)).number).toBe(2);
		expect(read(slug).number).toBe(2);
		expect(readReport(app, slug, 'fr', 1)).toMatchObject({
			state: 'withdrawn',
			reason: 'Erreur.',
			latest: 2
		});
		expect(read(slug).versions.map(({ withdrawn }) => withdrawn)).toEqual([false, true]);
	});
	it('says of each version why it was withdrawn, not why another was since', () => {
		const id = notebook([TEXT]);
		const { reportId, slug } = publish(id, request([TEXT]));
		withdrawReport(app, ana, reportId, 'Erreur de la première.');
		publish(id, request([TEXT], [words], {}, reportId));
		clock += 1000;
		withdrawReport(app, ana, reportId, 'Erreur de la deuxième.');
		const reasonOf = (number: number) => readReport(app, slug, 'fr', number);
		expect(reasonOf(1)).toMatchObject({ reason: 'Erreur de la première.', at: clock - 1000 });
		expect(reasonOf(2)).toMatchObject({ reason: 'Erreur de la deuxième.', at: clock });
	});
	it('by an administrator is lifted by an administrator alone', () => {
		const id = notebook([TEXT]);
		const { reportId, slug } = publish(id, request([TEXT]));
		withdrawReport(app, boss, reportId, 'Sur demande.');
		const again = () => publish(id, request([TEXT], [words], {}, reportId));
		expect(codeOf(again)).toBe('report_withdrawn_by_administrator');
		// Withdrawing it once more, in one's own name, changes nothing to that.
		expect(codeOf(() => withdrawReport(app, ana, reportId, 'Erreur.'))).toBe('done');
		expect(codeOf(again)).toBe('report_withdrawn_by_administrator');
		expect(codeOf(() => liftWithdrawal(app, ana, reportId))).toBe('forbidden');
		expect(readReport(app, slug, 'fr', null).state).toBe('withdrawn');
		liftWithdrawal(app, boss, reportId);
		expect(again().number).toBe(2);
		expect(read(slug).number).toBe(2);
	});
	it('is for its owner and administrators, with a reason', () => {
		const { reportId } = publish(notebook([TEXT]), request([TEXT]));
		expect(codeOf(() => withdrawReport(app, luc, reportId, 'x'))).toBe('forbidden');
		expect(codeOf(() => withdrawReport(app, luc, 'absent', 'x'))).toBe('not_found');
		expect(codeOf(() => withdrawReport(app, ana, reportId, ' '))).toBe('report_reason_required');
		expect(codeOf(() => withdrawReport(app, ana, reportId, 'x'.repeat(501)))).toBe('too_long');
		expect(codeOf(() => withdrawReport(app, boss, reportId, 'Sur demande.'))).toBe('done');
	});
});
