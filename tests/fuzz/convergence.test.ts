/**
 * Five people, one notebook, a bad network and a server that dies: at the end every page, the server and its disk hold
 * one document. `npm run fuzz -- convergence` takes more seeds.
 */
import { WebSocket as NodeWebSocket } from 'ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
	cellOrder,
	cellText,
	insertCell,
	readNotebook,
	setTitle
} from '../../src/lib/collab/document.ts';
import { isOrderKey } from '../../src/lib/collab/order-key.ts';
import { notebookGrants } from '../../src/lib/server/db/schema.ts';
import { sameDocument } from '../../src/lib/server/collab/stored-document.ts';
import type { Link } from './live-link.ts';
import { NotebookConnection } from '../../src/lib/client/notebook-connection.svelte.ts';
import { memoryDrafts } from '../../src/lib/client/draft-store.ts';
import { toCell, toNotebook } from '../../src/lib/core/notebook/notebook.ts';
import { createNotebook } from '../../src/lib/server/notebooks/create.ts';
import { testApp, testPerson, testServer, testSession, until } from '../support/live-notebook.ts';
import { FIRST_LETTER, SimulatedPeer, type Below } from './live-peer.ts';
import { makeDisk, type Disk, type SimulatedServer } from './live-server.ts';
import { seeded } from './random.ts';

const FROM = Number(process.env.CARNET_FUZZ_FROM ?? 0);
const SEEDS = Number(process.env.CARNET_FUZZ_SEEDS ?? 100);
const PEOPLE = 5;
const STEPS = 150;
/** Frames after which the network should long have been at rest. */
const MANY = 20_000;

let disk: Disk;
beforeAll(() => {
	disk = makeDisk(PEOPLE);
});
afterAll(() => disk.destroy());

/** What happened, so that a run shows that it met what it is about. */
interface Story {
	edits: number;
	/** Changes taken back or done again by the page's own undo, wherever they were. */
	taken: number;
	lost: number;
	doubled: number;
	late: number;
	cuts: number;
	deaths: number;
	pages: number;
	refusals: string[];
}

class Simulation {
	readonly story: Story = {
		edits: 0,
		taken: 0,
		lost: 0,
		doubled: 0,
		late: 0,
		cuts: 0,
		deaths: 0,
		pages: 0,
		refusals: []
	};
	readonly #below: Below;
	/** Frames lost one by one, doubled and out of turn; otherwise as sockets carry them, lost by a cut alone. */
	readonly #wild: boolean;
	readonly #notebookId: string;
	readonly #peers: SimulatedPeer[];
	readonly #made = new Set(['first', 'prose']);
	readonly #gone = new Set<string>();
	#server: SimulatedServer;

	constructor(seed: number) {
		this.#below = seeded(seed);
		this.#wild = seed % 2 === 0;
		this.#notebookId = disk.make();
		this.#server = disk.start(this.#notebookId);
		this.#peers = disk.people.map((actor, i) => new SimulatedPeer(actor, i, this.#below));
	}

	async run(): Promise<void> {
		for (const peer of this.#peers) {
			await this.#open(peer);
			this.#connect(peer);
		}
		for (let step = 0; step < STEPS; step++) await this.#step();
		await this.#settle();
		this.#check();
		for (const peer of this.#peers) peer.destroy();
		this.#server.kill();
	}

	async #step(): Promise<void> {
		const below = this.#below;
		const peer = this.#peers[below(PEOPLE)];
		if (!peer) return;
		const what = below(200);
		if (what < 90) {
			const { made, gone, took } = peer.act();
			this.story.edits++;
			if (took) this.story.taken++;
			for (const id of made) this.#made.add(id);
			for (const id of gone) this.#gone.add(id);
		} else if (what < 160) for (let i = below(8); i >= 0; i--) await this.#carry(below);
		else if (what < 180) await this.#commit();
		else if (what < 186) {
			peer.link?.cut();
			this.story.cuts++;
		} else if (what < 194) {
			for (const one of this.#peers) if (!one.link) this.#connect(one);
		} else if (what === 194) this.#server.fold();
		else if (what === 195) this.#server.change((doc) => setTitle(doc, `Renommé ${below(9)}`));
		else if (what < 198) await this.#restart();
		else if (!this.#wild) {
			peer.link?.cut();
			peer.close();
			this.story.pages++;
			await this.#open(peer);
			this.#connect(peer);
		}
	}

	async #open(peer: SimulatedPeer): Promise<void> {
		await peer.open(this.#below(2) ? Y.encodeStateAsUpdate(this.#server.doc) : null);
	}

	#connect(peer: SimulatedPeer): void {
		const server = this.#server;
		const link: Link = {
			actor: peer.actor,
			up: [],
			down: [],
			cut: () => {
				link.up.length = 0;
				link.down.length = 0;
				server.leave(link);
				if (peer.link === link) peer.link = null;
			}
		};
		server.accept(link);
		peer.connect(link);
	}

	/** Brings one frame of one link to where it goes. */
	async #carry(below: Below, wild = this.#wild): Promise<boolean> {
		const moving = this.#peers.filter(
			({ link }) =>
				link && (link.down.length > 0 || (link.up.length > 0 && !this.#server.isBusy(link)))
		);
		const peer = moving[below(moving.length)];
		const link = peer?.link;
		if (!link) return false;
		const upward = link.up.length > 0 && !this.#server.isBusy(link);
		const queue = upward && (link.down.length === 0 || below(2)) ? link.up : link.down;
		const at = wild && below(4) === 0 ? below(queue.length) : 0;
		const [frame] = queue.splice(at, 1);
		if (!frame) return false;
		if (at > 0) this.story.late++;
		if (wild && below(20) === 0) {
			this.story.lost++;
			return true;
		}
		if (wild && below(12) === 0) {
			this.story.doubled++;
			queue.splice(below(queue.length + 1), 0, frame);
		}
		if (queue === link.up) {
			void this.#server.take(link, frame);
			await turn();
		} else peer.take(frame);
		return true;
	}

	async #commit(): Promise<void> {
		this.#server.commit();
		await turn();
	}

	async #restart(): Promise<void> {
		this.story.deaths++;
		this.story.refusals.push(...this.#server.refusals);
		this.#server.kill();
		this.#server = disk.start(this.#notebookId);
		await turn();
		if (this.#wild) return;
		for (const { doc, savedClock } of this.#peers)
			expect(
				Y.getState(this.#server.doc.store, doc.clientID),
				'what was shown as saved is on the disk'
			).toBeGreaterThanOrEqual(savedClock);
	}

	/** The network is well again, and everyone comes back. */
	async #settle(): Promise<void> {
		const below = this.#below;
		for (const peer of this.#peers) {
			peer.link?.cut();
			this.#connect(peer);
		}
		let carried = 0;
		for (let quiet = 0; quiet < 2;) {
			// A page whose edits are refused comes back for ever.
			if (++carried > MANY)
				throw new Error(`no rest is reached; refused: ${this.#server.refusals.slice(-3).join()}`);
			if (await this.#carry(below, false)) quiet = 0;
			else {
				await this.#commit();
				quiet++;
			}
			for (const peer of this.#peers) if (!peer.link) this.#connect(peer);
		}
		this.story.refusals.push(...this.#server.refusals);
	}

	#check(): void {
		const { doc } = this.#server;
		const value = readNotebook(doc);
		const stored = this.#server.stored();
		expect(sameDocument(stored, doc), 'the disk holds what the server shows').toBe(true);
		for (const peer of this.#peers) {
			expect(readNotebook(peer.doc), 'a page shows what the server has').toEqual(value);
			expect(sameDocument(peer.doc, doc), 'a page holds what the server holds').toBe(true);
			expect(peer.doc.store.pendingStructs ?? peer.doc.store.pendingDs).toBeNull();
			expect(
				peer.workspace.cells.map(({ id, mode, source, pinned }) => ({ id, mode, source, pinned })),
				'the workspace shows the document'
			).toEqual(value.cells);
			if (!this.#wild) expect(peer.pending, 'every edit was acknowledged').toBe(0);
		}
		const order = cellOrder(doc);
		expect(new Set(order).size, 'no cell is doubled').toBe(order.length);
		for (const id of order)
			expect(
				isOrderKey((doc.getMap('cells').get(id) as Y.Map<unknown>).get('order')),
				'every cell has a place'
			).toBe(true);
		for (const id of order) expect(this.#made, 'each cell was made by someone').toContain(id);
		for (const id of this.#made)
			if (!this.#gone.has(id)) expect(order, 'a cell that nobody deleted is there').toContain(id);
		for (const { source } of value.cells) {
			const letters = [...source].filter(
				(letter) =>
					letter.charCodeAt(0) >= FIRST_LETTER &&
					!this.#peers.some(({ broughtBack }) => broughtBack.has(letter))
			);
			expect(new Set(letters).size, `nothing is written twice in “${source}”`).toBe(letters.length);
		}
		const unexpected = this.story.refusals.filter(
			(reason) => !this.#wild || (reason !== 'gap' && reason !== 'skip')
		);
		expect(unexpected, 'an honest page is refused nothing').toEqual([]);
	}
}

/** Lets what was answered by the disk be acted on. */
async function turn(): Promise<void> {
	for (let i = 0; i < 4; i++) await Promise.resolve();
}

it(`makes one document of five people's edits, ${SEEDS} times`, async () => {
	const all: Story[] = [];
	for (let seed = FROM; seed < FROM + SEEDS; seed++) {
		const simulation = new Simulation(seed);
		try {
			await simulation.run();
		} catch (cause) {
			throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, {
				cause
			});
		}
		all.push(simulation.story);
	}
	const sum = (of: (story: Story) => number) => all.reduce((total, one) => total + of(one), 0);
	const met = {
		edits: sum(({ edits }) => edits),
		taken: sum(({ taken }) => taken),
		lost: sum(({ lost }) => lost),
		doubled: sum(({ doubled }) => doubled),
		late: sum(({ late }) => late),
		cuts: sum(({ cuts }) => cuts),
		deaths: sum(({ deaths }) => deaths),
		pages: sum(({ pages }) => pages),
		resyncs: sum(({ refusals }) => refusals.length)
	};
	if (process.env.CARNET_FUZZ_SEEDS)
		console.log(JSON.stringify({ from: FROM, seeds: SEEDS, ...met }));
	// What never happened was not tried.
	for (const [what, times] of Object.entries(met)) expect(times, what).toBeGreaterThan(0);
}, 0);

it('makes one document of twenty first openings at once', async () => {
	const test = testApp();
	const people = Array.from({ length: 20 }, (_, i) => testPerson(test.app, `P${i}`));
	const [owner] = people;
	if (!owner) throw new RangeError('nobody');
	const sessions = people.map((person) => [testSession(test.app, person), person] as const);
	const server = await testServer(test.app, new Map(sessions));
	const id = createNotebook(test.app, owner, {
		notebook: toNotebook({ title: 'Départ', cells: [{ id: 'a', source: '1' }] })
	});
	test.app.db
		.insert(notebookGrants)
		.values(
			people.map(({ personId }, i) => ({
				id: `grant${i}`,
				notebookId: id,
				granteeKind: 'person' as const,
				granteeId: personId,
				level: 'editor' as const,
				createdBy: owner.personId,
				createdAt: 0
			}))
		)
		.run();
	const pages = sessions.map(([session]) => {
		const { origin } = server;
		return new NotebookConnection({
			notebookId: id,
			writable: true,
			url: server.url,
			drafts: memoryDrafts(),
			socket: class extends NodeWebSocket {
				constructor(url: string) {
					super(url, { headers: { origin, cookie: `carnet=${session}` } });
				}
			} as unknown as typeof WebSocket
		});
	});
	try {
		await Promise.all(
			pages.map(async (page, i) => {
				await page.synced;
				insertCell(page.doc, 1, toCell({ id: `c${i}`, source: `⟨${i}⟩` }));
				cellText(page.doc, 'a')?.insert(0, `⟨${i}⟩`);
			})
		);
		const ids = ['a', ...pages.map((_, i) => `c${i}`)].sort();
		const whole = (doc: Y.Doc) => cellOrder(doc).length === ids.length && twenty(doc);
		await Promise.all(pages.map(({ doc }) => until(doc, whole)));
		const { notebook } = server.rooms.read(id);
		expect(notebook.cells.map((cell) => cell.id).sort()).toEqual(ids);
		for (const { doc } of pages) expect(readNotebook(doc)).toEqual(notebook);
	} finally {
		for (const page of pages) page.destroy();
		await server.stop();
		test.close();
	}
});

/** All that twenty people wrote in the first cell, once each. */
function twenty(doc: Y.Doc): boolean {
	const written = cellText(doc, 'a')?.toString().match(/⟨\d+⟩/g) ?? [];
	return written.length === 20 && new Set(written).size === 20;
}
