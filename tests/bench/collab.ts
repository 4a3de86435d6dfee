/**
 * Live editing, under load from two processes on this machine: how soon others see an edit and what it costs the
 * server, beside y-websocket's server without persistence, in turn in one run; how soon an edit is acknowledged, which
 * is once it is on disk; two hundred people in one notebook; what it costs the
 * server that people scroll, which the others are told; a thousand sockets.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { toNotebook } from '../../src/lib/core/notebook/notebook.ts';
import type { PageAddress } from '../support/live-load/page.ts';
import type { PagesAsk, PagesSaw } from '../support/live-load/pages.ts';
import type { ServerAsk, ServerReady, Usage } from '../support/live-load/server.ts';
import { alone, BenchError, type BenchOptions, type Figure } from './figure.ts';
import { peerName } from './peers.ts';

export const figures = [
	'collab.latency',
	'collab.cpu',
	'collab.ack',
	'collab.ack.p99',
	'collab.crowd',
	'collab.crowd.drops',
	'collab.scroll',
	'collab.scroll.crowd',
	'collab.sockets.drops',
	'collab.memory'
];

/** How much later than with the peer an edit may be seen by others, in milliseconds. */
const LATER = 60;
const NOTEBOOK = toNotebook({
	title: 'Publics',
	cells: Array.from({ length: 6 }, (_, i) => ({ id: `c${i}`, source: `const x${i} = ${i};\n` }))
});

class Process<Ask extends object | string> {
	readonly #child: ChildProcess;
	#ended = false;
	constructor(file: string, ...args: string[]) {
		this.#child = fork(join('tests', 'support', 'live-load', file), args, {
			serialization: 'advanced',
			stdio: ['ignore', 'inherit', 'inherit', 'ipc']
		});
		this.#child.once('exit', () => (this.#ended = true));
	}
	/** Its next message. */
	said<Answer>(): Promise<Answer> {
		return new Promise((resolve, reject) => {
			const gone = () => reject(new BenchError('a process of the bench ended early'));
			if (this.#ended) return gone();
			this.#child.once('exit', gone);
			this.#child.once('message', (answer) => {
				this.#child.off('exit', gone);
				resolve(answer as Answer);
			});
		});
	}
	ask<Answer>(ask: Ask): Promise<Answer> {
		const answer = this.said<Answer>();
		this.#child.send(ask);
		return answer;
	}
	end(): void {
		this.#child.kill();
	}
	/** Lets it finish by itself. */
	async leave(ask: Ask): Promise<void> {
		const gone = new Promise((resolve) => this.#child.once('exit', resolve));
		if (this.#ended) return;
		this.#child.send(ask);
		await gone;
	}
}

type Kind = PageAddress['kind'];
/** Two servers, and two processes of pages. */
class Stage {
	readonly #servers: Record<Kind, Process<ServerAsk>>;
	readonly #pages: readonly Process<PagesAsk>[];

	private constructor(servers: Record<Kind, Process<ServerAsk>>, pages: Process<PagesAsk>[]) {
		this.#servers = servers;
		this.#pages = pages;
	}

	static async open(): Promise<Stage> {
		const servers = {
			ours: new Process<ServerAsk>('server.ts', 'ours'),
			peer: new Process<ServerAsk>('server.ts', 'peer')
		};
		const pages = [0, 1].map(() => new Process<PagesAsk>('pages.ts'));
		await Promise.all([servers.ours.said(), servers.peer.said()]);
		return new Stage(servers, pages);
	}

	/** `people` pages, evenly over `documents` new documents; each process has every other one. */
	async open(kind: Kind, documents: number, people: number): Promise<void> {
		const server = this.#servers[kind];
		const ready = await server.ask<ServerReady>({
			make: documents,
			people: Math.min(people, 200),
			notebook: NOTEBOOK
		});
		const addresses = Array.from({ length: people }, (_, i): PageAddress => ({
			kind,
			url: ready.url,
			origin: ready.origin,
			document: ready.documents[i % documents] ?? '',
			cookie: ready.cookies[i % ready.cookies.length] ?? '',
			fill: null
		}));
		if (kind === 'peer')
			for (let i = 0; i < documents; i++) {
				const first = addresses[i];
				if (first) addresses[i] = { ...first, fill: NOTEBOOK };
			}
		// Whoever fills a document comes first.
		for (const some of [addresses.slice(0, documents), addresses.slice(documents)])
			await Promise.all(
				this.#pages.map((pages, n) =>
					pages.ask<string>({
						open: some.filter((_, i) => (i + i / documents) % 2 < 1 === (n === 0))
					})
				)
			);
	}

	async type(kind: Kind, rate: number, seconds: number): Promise<void> {
		await Promise.all(this.#pages.map((pages) => pages.ask<string>({ type: kind, rate, seconds })));
	}

	async look(kind: Kind, rate: number, seconds: number): Promise<void> {
		await Promise.all(this.#pages.map((pages) => pages.ask<string>({ look: kind, rate, seconds })));
	}

	/** Resolves once every page of a document knows where all `people` of it are; @throws BenchError if they never do */
	async looked(kind: Kind, people: number): Promise<void> {
		for (let tries = 0; ; tries++) {
			const saw = await Promise.all(
				this.#pages.map((pages) => pages.ask<PagesSaw>({ read: kind }))
			);
			const all = saw.flatMap(({ places }) => places);
			const values = new Map(all.map(([document, value]) => [document, value]));
			if (
				all.every(([document, value, known]) => known === people && value === values.get(document))
			)
				return;
			if (tries === 200)
				throw new BenchError(
					`${kind}: a page knows of ${Math.min(...all.map(([, , known]) => known))} of ${people} people, or believes them elsewhere`
				);
			await new Promise((resolve) => setTimeout(resolve, 25));
		}
	}

	usage(kind: Kind): Promise<Usage> {
		return this.#servers[kind].ask<Usage>('usage');
	}

	/** What all the pages saw, once they hold the same; @throws BenchError if they never do */
	async read(kind: Kind): Promise<Omit<PagesSaw, 'documents' | 'places'>> {
		const seen: number[] = [];
		const acknowledged: number[] = [];
		for (let tries = 0; ; tries++) {
			const saw = await Promise.all(
				this.#pages.map((pages) => pages.ask<PagesSaw>({ read: kind }))
			);
			for (const one of saw) {
				for (const value of one.seen) seen.push(value);
				for (const value of one.acknowledged) acknowledged.push(value);
			}
			const values = new Map<string, Set<string>>();
			for (const [document, value] of saw.flatMap(({ documents }) => documents))
				values.set(document, (values.get(document) ?? new Set()).add(value));
			const edits = saw.reduce((sum, one) => sum + one.edits, 0);
			const typed = [...values.values()].reduce(
				(sum, [value = '']) => sum + (value.match(/⟨/g)?.length ?? 0),
				0
			);
			if ([...values.values()].every(({ size }) => size === 1) && typed === edits)
				return {
					seen,
					acknowledged,
					dropped: saw.reduce((sum, one) => sum + one.dropped, 0),
					edits
				};
			if (tries === 200)
				throw new BenchError(`${kind}: the documents differ, or hold ${typed} of ${edits} edits`);
			await new Promise((resolve) => setTimeout(resolve, 25));
		}
	}

	async close(): Promise<void> {
		await Promise.all(this.#pages.map((pages) => pages.ask<string>('close')));
	}

	async end(): Promise<void> {
		for (const pages of this.#pages) pages.end();
		await Promise.all([this.#servers.ours.leave('end'), this.#servers.peer.leave('end')]);
	}
}

function quantile(values: readonly number[], at: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))];
	if (value === undefined) throw new BenchError('nothing was measured');
	return value;
}

export async function measure({ quick }: BenchOptions): Promise<readonly Figure[]> {
	const stage = await Stage.open();
	try {
		return [
			...(await beside(stage, quick)),
			...(await acknowledged(stage, quick)),
			...(await crowd(stage, quick)),
			...(await scroll(stage, quick)),
			...(await many(stage, quick))
		];
	} finally {
		await stage.end();
	}
}

/** 200 pages over 40 documents, ours and the peer's in turn. */
async function beside(stage: Stage, quick: boolean): Promise<Figure[]> {
	for (const kind of ['ours', 'peer'] as const) await stage.open(kind, 40, quick ? 80 : 200);
	const cpu: Record<Kind, number[]> = { ours: [], peer: [] };
	const late: Record<Kind, number[]> = { ours: [], peer: [] };
	const rounds = quick ? 1 : 7;
	for (let round = -1; round < rounds; round++)
		for (const kind of round % 2 === 0
			? (['ours', 'peer'] as const)
			: (['peer', 'ours'] as const)) {
			const before = await stage.usage(kind);
			await stage.type(kind, 2, quick ? 2 : 4);
			const { seen } = await stage.read(kind);
			const after = await stage.usage(kind);
			if (round < 0) continue;
			cpu[kind].push(after.cpu - before.cpu);
			late[kind].push(quantile(seen, 0.95));
		}
	await stage.close();
	const [ours, theirs] = [cpu.ours, cpu.peer].map((values) => quantile(values, 0.5));
	const [mine, their] = [late.ours, late.peer].map((values) => quantile(values, 0.5));
	if (!ours || !theirs || !mine || !their) throw new BenchError('nothing was measured');
	const name = peerName('@y/websocket-server');
	const spread = (values: Record<Kind, number[]>) =>
		[values.ours, values.peer].flatMap((all) => [Math.min(...all), Math.max(...all)]);
	return [
		{
			figure: 'collab.latency',
			ours: mine,
			beside: name,
			theirs: their,
			unit: 'ms',
			ratio: mine / their,
			bar: `<=+${LATER} ms`,
			holds: mine <= their + LATER,
			spread: spread(late)
		},
		{
			figure: 'collab.cpu',
			ours,
			beside: name,
			theirs,
			unit: 's',
			ratio: ours / theirs,
			bar: '<=2',
			holds: ours / theirs <= 2,
			spread: spread(cpu)
		}
	];
}

/** 50 pages at 20 edits a second. */
async function acknowledged(stage: Stage, quick: boolean): Promise<Figure[]> {
	await stage.open('ours', 10, 50);
	await stage.type('ours', 20, 1);
	await stage.read('ours');
	await stage.type('ours', 20, quick ? 3 : 15);
	const saw = await stage.read('ours');
	await stage.close();
	return [
		alone('collab.ack', [quantile(saw.acknowledged, 0.95)], 'ms', 300),
		alone('collab.ack.p99', [quantile(saw.acknowledged, 0.99)], 'ms', 600)
	];
}

/** 200 people in one document. */
async function crowd(stage: Stage, quick: boolean): Promise<Figure[]> {
	await stage.open('ours', 1, 200);
	await stage.type('ours', 0.2, quick ? 3 : 15);
	const saw = await stage.read('ours');
	await stage.close();
	return [
		alone('collab.crowd', [quantile(saw.seen, 0.95)], 'ms', null),
		alone('collab.crowd.drops', [saw.dropped], 'sockets', 0)
	];
}

/** Times a second that a person who scrolls comes to another cell. */
const SCROLL = 4;

/** 200 pages that scroll, over 40 documents (beside the peer) and in one: there, the peer would send 160 000 messages a second. */
async function scroll(stage: Stage, quick: boolean): Promise<Figure[]> {
	const people = quick ? 80 : 200;
	const seconds = quick ? 2 : 4;
	const cpu: Record<Kind, number[]> = { ours: [], peer: [] };
	for (const kind of ['ours', 'peer'] as const) await stage.open(kind, 40, people);
	for (let round = -1; round < (quick ? 1 : 5); round++)
		for (const kind of ['ours', 'peer'] as const) {
			const before = await stage.usage(kind);
			await stage.look(kind, SCROLL, seconds);
			await stage.looked(kind, people / 40);
			const { cpu: after } = await stage.usage(kind);
			if (round >= 0) cpu[kind].push(after - before.cpu);
		}
	await stage.close();
	const [ours = 0, theirs = 0] = [cpu.ours, cpu.peer].map((values) => quantile(values, 0.5));

	await stage.open('ours', 1, people);
	await stage.look('ours', SCROLL, 1);
	const before = await stage.usage('ours');
	await stage.look('ours', SCROLL, quick ? 3 : 15);
	await stage.looked('ours', people);
	const after = await stage.usage('ours');
	await stage.close();
	const share = (100 * (after.cpu - before.cpu)) / (quick ? 3 : 15);
	return [
		{
			figure: 'collab.scroll',
			ours,
			beside: peerName('@y/websocket-server'),
			theirs,
			unit: 's',
			ratio: ours / theirs,
			bar: '',
			holds: true,
			spread: [cpu.ours, cpu.peer].flatMap((all) => [Math.min(...all), Math.max(...all)])
		},
		alone('collab.scroll.crowd', [share], '% of a core', null)
	];
}

/** 1 000 sockets over 100 documents. */
async function many(stage: Stage, quick: boolean): Promise<Figure[]> {
	await stage.open('ours', 100, 1000);
	let resident = 0;
	const seconds = quick ? 20 : 600;
	for (let done = 0; done < seconds; done += 10) {
		await stage.type('ours', 0.2, 10);
		resident = Math.max(resident, (await stage.usage('ours')).resident);
	}
	const saw = await stage.read('ours');
	await stage.close();
	return [
		alone('collab.sockets.drops', [saw.dropped], 'sockets', 0),
		alone('collab.memory', [resident / 1e6], 'MB', 1500)
	];
}
