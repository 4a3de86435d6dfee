/**
 * A page that edits a live document, without its interface: the document, a socket, and what each server's protocol
 * asks. It writes the time into what it types, so that whoever reads it knows how long it was under way.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { cellOrder, cellText, writeNotebook } from '../../../src/lib/collab/document.ts';
import { placeFrom } from '../../../src/lib/core/protocol/presence.ts';
import type { Notebook } from '../../../src/lib/core/notebook/notebook.ts';

const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;
const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const SYNC_STATUS = 8;
const PING = 9;
const PONG = 10;
const NETWORK = Symbol('network');

/** What one page is to open. */
export interface PageAddress {
	readonly kind: 'ours' | 'peer';
	readonly url: string;
	readonly origin: string;
	readonly document: string;
	readonly cookie: string;
	/** Writes into the peer's empty document what ours holds from its making. */
	readonly fill: Notebook | null;
}

/** Milliseconds of this machine's clock, the same in every process. */
export const clock = (): number => performance.timeOrigin + performance.now();

/** What is typed: when, in microseconds, in base 36. */
const STAMP = /⟨([0-9a-z]+)⟩/g;

export class Page {
	readonly doc = new Y.Doc();
	/** Milliseconds from an edit on another page to this one. */
	readonly seen: number[] = [];
	/** Milliseconds from an edit to the server's word that it is on disk. */
	readonly acknowledged: number[] = [];
	/** Resolves when the page has what the server had. */
	readonly synced: Promise<void>;
	/** The cell that each page of the document is on, by its Yjs client, as the server last said; this one too. */
	readonly places = new Map<number, string | null>();
	dropped = false;
	edits = 0;
	#looks = 0;
	readonly #address: PageAddress;
	readonly #socket: WebSocket;
	/** When each write went out that the server has not answered; 0 for one that is not measured. */
	readonly #waiting: number[] = [];
	#ending = false;

	constructor(address: PageAddress) {
		this.#address = address;
		const mine = address.kind === 'ours';
		this.#socket = new WebSocket(
			mine ? `${address.url}/collab` : `${address.url}/${address.document}`,
			{ headers: { origin: address.origin, cookie: address.cookie } }
		);
		this.#socket.binaryType = 'nodebuffer';
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== NETWORK) this.#sync(UPDATE, update);
		});
		let synced = () => {};
		this.synced = new Promise((resolve) => (synced = resolve));
		this.#socket.on('open', () => {
			if (mine)
				this.#send((e) => {
					encoding.writeVarUint(e, AUTH);
					encoding.writeVarUint(e, 0);
					encoding.writeVarString(e, '');
				});
			this.#sync(STEP_1, Y.encodeStateVector(this.doc));
		});
		this.#socket.on('message', (data: Buffer) => this.#hear(data, synced));
		this.#socket.on('close', () => (this.dropped = !this.#ending));
		this.#socket.on('error', () => {});
	}

	#send(write: (encoder: encoding.Encoder) => void): void {
		const encoder = encoding.createEncoder();
		if (this.#address.kind === 'ours') encoding.writeVarString(encoder, this.#address.document);
		write(encoder);
		this.#socket.send(encoding.toUint8Array(encoder));
	}

	#sync(step: number, payload: Uint8Array): void {
		if (step !== STEP_1) this.#waiting.push(step === UPDATE ? clock() : 0);
		this.#send((e) => {
			encoding.writeVarUint(e, SYNC);
			encoding.writeVarUint(e, step);
			encoding.writeVarUint8Array(e, payload);
		});
	}

	#hear(data: Buffer, synced: () => void): void {
		if (data.length === 1 && data[0] === PING) {
			this.#socket.send(Uint8Array.of(PONG));
			return;
		}
		const decoder = decoding.createDecoder(data);
		if (this.#address.kind === 'ours') decoding.readVarString(decoder);
		const type = decoding.readVarUint(decoder);
		if (type === SYNC_STATUS) {
			const sent = this.#waiting.shift();
			if (sent) this.acknowledged.push(clock() - sent);
		}
		if (type === AWARENESS) this.#hearPlaces(decoding.readVarUint8Array(decoder));
		if (type !== SYNC) return;
		const step = decoding.readVarUint(decoder);
		const payload = decoding.readVarUint8Array(decoder);
		if (step === STEP_1) return this.#sync(STEP_2, Y.encodeStateAsUpdate(this.doc, payload));
		Y.applyUpdate(this.doc, payload, NETWORK);
		if (step !== STEP_2) return;
		const { fill } = this.#address;
		if (fill) writeNotebook(this.doc, fill);
		synced();
	}

	/** From now on, what others type is timed. */
	watch(): void {
		this.doc.getMap('cells').observeDeep((events, { origin }) => {
			if (origin !== NETWORK) return;
			const now = clock();
			for (const event of events)
				for (const { insert } of event.changes.delta)
					if (typeof insert === 'string')
						for (const [, stamp = ''] of insert.matchAll(STAMP))
							this.seen.push(now - Number.parseInt(stamp, 36) / 1000);
		});
	}

	/** Types into the cell of a number. */
	type(cell: number): void {
		const ids = cellOrder(this.doc);
		const text = cellText(this.doc, ids[cell % ids.length] ?? '');
		if (!text) throw new Error('the document has no such cell');
		this.edits++;
		text.insert(text.length, `⟨${Math.round(clock() * 1000).toString(36)}⟩`);
	}

	/** Scrolls to the cell of a number: tells it as pages do. */
	look(cell: number): void {
		const ids = cellOrder(this.doc);
		const update = encoding.createEncoder();
		encoding.writeVarUint(update, 1);
		encoding.writeVarUint(update, this.doc.clientID);
		encoding.writeVarUint(update, ++this.#looks);
		encoding.writeVarString(
			update,
			JSON.stringify({ cell: ids[cell % ids.length] ?? null, selection: null })
		);
		this.#send((e) => {
			encoding.writeVarUint(e, AWARENESS);
			encoding.writeVarUint8Array(e, encoding.toUint8Array(update));
		});
	}

	#hearPlaces(update: Uint8Array): void {
		const decoder = decoding.createDecoder(update);
		for (let left = decoding.readVarUint(decoder); left > 0; left--) {
			const client = decoding.readVarUint(decoder);
			decoding.readVarUint(decoder);
			const place = placeFrom(JSON.parse(decoding.readVarString(decoder)));
			if (place) this.places.set(client, place.cell);
			else this.places.delete(client);
		}
	}

	close(): void {
		this.#ending = true;
		this.#socket.close();
	}
}
