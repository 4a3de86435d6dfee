/**
 * Live notebooks: Hocuspocus over WebSocket at /collab, on the app's one port. The order of things is fixed
 * here: an update is looked at, written to disk, and only then applied, acknowledged and sent to the others.
 * What a socket may do is decided when it opens and held until `recheck` is told that something changed.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Hocuspocus, type beforeSyncPayload } from '@hocuspocus/server';
import { eq } from 'drizzle-orm';
import { WebSocketServer, type RawData } from 'ws';
import * as Y from 'yjs';
import { readLang, readNotebook, readTitle } from '../../collab/document.ts';
import { NotFoundError } from '../../core/errors.ts';
import { HISTORY_CHANGED, type ServerChange } from '../../core/notebook/history.ts';
import type { Notebook } from '../../core/notebook/notebook.ts';
import { PROPOSALS_CHANGED } from '../../core/notebook/proposal.ts';
import { levelOnNotebook } from '../access/notebook.ts';
import type { Actor, App } from '../app.ts';
import { actorOfCookies } from '../auth/session.ts';
import { notebooks } from '../db/schema.ts';
import { logError, logNote } from '../log.ts';
import { Beginnings } from '../notebooks/beginnings.ts';
import { deletedFrom, keepDeleted } from '../notebooks/history-deleted.ts';
import { keepAutomatic } from '../notebooks/keep-version.ts';
import { Reckoner } from '../notebooks/reckoner.ts';
import { AccessWatch, type Concerned } from './access-watch.ts';
import { Awareness } from './awareness.ts';
import { Capacity, piecesOf } from './capacity.ts';
import { frameKind, sameNotebook } from './frame.ts';
import { inspectUpdate, UpdateRefused } from './inspect-update.ts';
import { appendNow, Journal, lastEdit, SERVER } from './journal.ts';
import { messagesFor, messagesForLoading, OPENING, Pace, QUESTION } from './pace.ts';
import { CLOSE, Peer } from './peer.ts';
import { readInTurn } from './read-in-turn.ts';
import { ReadDocuments, type ReadDocument } from './read-documents.ts';

const COLLAB_PATH = '/collab';
/** The largest frame taken, in bytes. */
export const MAX_FRAME = 2 ** 20;
/** Beats to every socket; one that misses two is dropped. Milliseconds. */
const HEARTBEAT = 15_000;
/** What keeps failing in the same way is written down this often. Milliseconds. */
const SAY_AGAIN = 60_000;
const MAX_SOCKETS_A_PERSON = 60;
/** Bytes kept of a socket that was not let into a notebook yet: its state vector, and no edits. */
const MAX_QUEUE = 128 * 1024;
const MAX_QUEUE_FRAMES = 100;
/** Sockets without a session that may be open at once to be told so; others are refused without a word. */
const MAX_NOBODIES = 100;
/** A socket that was let into no notebook by then is dropped. Milliseconds. */
const HANDSHAKE = 5_000;

/** Hocuspocus's message types that matter here. */
const PING = 9;
const PONG = 10;

/** Who holds the session that a `Cookie` header names. */
export type Identify = (
	app: App,
	cookies: string | null
) => Promise<{ actor: Actor; sessionHash: string } | null>;

interface Context {
	peer: Peer;
}

/** Thrown in a hook: an empty message, which Hocuspocus does not log; `reason` is what the client is told. */
class Refusal extends Error {
	override readonly name = 'Refusal';
	readonly reason: string;
	constructor(reason: string) {
		super('');
		this.reason = reason;
	}
}

export class Rooms {
	readonly journal: Journal;
	/** Who edits since the last version of each notebook. */
	readonly beginnings: Beginnings;
	/** Here because the thread must be made where its file stands beside: by the Node entry, not by Kit's bundle. */
	readonly reckoner = new Reckoner();
	readonly #app: App;
	readonly #identify: Identify;
	readonly #hocuspocus: Hocuspocus<Context>;
	readonly #sockets: WebSocketServer;
	/** For those without a session: a browser hears why only on an open socket, which is then closed at once. */
	readonly #closed = new WebSocketServer({ noServer: true, maxPayload: 1024 });
	readonly #handshake: number;
	readonly #peers = new Set<Peer>();
	readonly #capacity = new Capacity();
	readonly #read: ReadDocuments;
	/** The title and language of each open document that its row in the lists is known to have. */
	readonly #listed = new WeakMap<Y.Doc, { title: string; lang: string }>();
	readonly #awareness: Awareness;
	readonly #access: AccessWatch;
	readonly #pace = new Pace();
	/** Sockets without a session, open for as long as it takes to say so. */
	#nobodies = 0;
	readonly #heart: NodeJS.Timeout;
	#closing = false;
	/** When it was last written down that a socket was ended, by reason. */
	readonly #saidEnded = new Map<string, number>();
	/** When it was last written down that a notebook could not be opened, by which. */
	readonly #saidNotOpened = new Map<string, number>();
	/** When it was last written down that nothing can be kept; null while all is well. */
	#failingSince: number | null = null;

	constructor(app: App, identify: Identify, handshake = HANDSHAKE) {
		this.#app = app;
		this.#handshake = handshake;
		this.#identify = identify;
		this.journal = new Journal(app);
		this.#read = new ReadDocuments(this.journal);
		this.#awareness = new Awareness(app);
		this.beginnings = new Beginnings(app, (id) => {
			if (keepAutomatic(app, id, this.read(id).notebook)) this.tell(id, HISTORY_CHANGED);
		});
		this.#access = new AccessWatch(app, this.#peers);
		this.#sockets = new WebSocketServer({
			noServer: true,
			maxPayload: MAX_FRAME,
			// A browser sends a message in one piece.
			maxFragments: 64
		});
		this.#hocuspocus = new Hocuspocus<Context>({
			quiet: true,
			maxPendingDocuments: 1,
			maxUnauthenticatedQueueSize: MAX_QUEUE,
			maxUnauthenticatedQueueMessages: MAX_QUEUE_FRAMES,
			onAuthenticate: async ({ context, documentName, connectionConfig }) => {
				const { peer } = context;
				const level = this.#opening(peer, () => this.#admit(peer, documentName));
				connectionConfig.readOnly = level === 'viewer';
			},
			onLoadDocument: async ({ context, document, documentName }) => {
				// A document that cannot be read whole is not opened.
				this.#opening(context.peer, () => {
					// What someone who just left had sent, and waits to be written, is a part of it.
					this.journal.flush();
					this.journal.load(documentName, document);
				});
				// Known once it is done: who has it done again and again waits.
				const { actor } = context.peer;
				const now = performance.now();
				if (actor)
					this.#pace.person(actor.personId, now).owes(messagesForLoading(piecesOf(document)), now);
				await this.#follow({ document, documentName });
				// Before the first frame is read, which is before anyone is told that there is a connection.
				const add = document.addConnection.bind(document);
				document.addConnection = (connection) => {
					readInTurn(connection, (cause) => this.#ended(documentName, cause));
					return add(connection);
				};
			},
			connected: async ({ context, connection }) => {
				context.peer.connection = connection;
				this.#awareness.join(context.peer);
			},
			beforeSync: (payload) => this.#writeAhead(payload),
			beforeHandleAwareness: async ({ states }) => {
				// Presence is ours (awareness.ts) and never comes so far: whatever does is not kept or passed on.
				states.clear();
			},
			onChange: (changed) => this.#follow(changed),
			afterUnloadDocument: async ({ documentName }) => {
				// Not waited for: who comes back meanwhile would be.
				void this.journal.left(documentName);
			},
			onDisconnect: async ({ context }) => {
				// Whatever made Hocuspocus let go (also a message that it could not read), the socket ends too.
				context.peer.cut(CLOSE.refused);
			}
		});
		this.#heart = setInterval(() => this.#beat(), HEARTBEAT).unref();
	}

	/** How many sockets are open, on one notebook or on all. */
	count(notebookId?: string): number {
		let n = 0;
		for (const peer of this.#peers)
			if (notebookId === undefined || peer.notebookId === notebookId) n++;
		return n;
	}

	/**
	 * Takes a WebSocket upgrade at /collab; leaves any other path alone (answers false).
	 * @param origins pages that may open one; a browser always says which page asks
	 */
	upgrade(
		request: IncomingMessage,
		socket: Duplex,
		head: Buffer,
		origins: readonly string[] = [this.#app.config.origin]
	): boolean {
		const path = request.url?.split('?')[0];
		if (path !== COLLAB_PATH) return false;
		const origin = request.headers.origin;
		if (this.#closing) refuse(socket, '503 Service Unavailable');
		else if (origin === undefined || !origins.includes(origin)) refuse(socket, '403 Forbidden');
		else void this.#accept(request, socket, head);
		return true;
	}

	async #accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		// A socket that breaks before it is ours would end the process.
		const broken = () => socket.destroy();
		socket.on('error', broken);
		try {
			const who = await this.#identify(this.#app, request.headers.cookie ?? null);
			if (this.#closing) return refuse(socket, '503 Service Unavailable');
			if (!who && this.#nobodies >= MAX_NOBODIES) return refuse(socket, '401 Unauthorized');
			if (who && !this.#takes(who.actor, OPENING)) return refuse(socket, '429 Too Many Requests');
			socket.off('error', broken);
			if (!who)
				return this.#closed.handleUpgrade(request, socket, head, (webSocket) => {
					this.#nobodies++;
					webSocket.on('close', () => this.#nobodies--);
					webSocket.on('error', () => webSocket.terminate());
					new Peer(webSocket, socket, null, null).cut(CLOSE.signIn);
				});
			this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
				this.#open(new Peer(webSocket, socket, who.actor, who.sessionHash));
			});
		} catch (error) {
			logError('a live connection could not be opened:', error);
			refuse(socket, '500 Internal Server Error');
		}
	}

	#takes(actor: Actor | null, messages: number, bytes = 0): boolean {
		const now = performance.now();
		return actor !== null && this.#pace.person(actor.personId, now).takes(messages, bytes, now);
	}

	#open(peer: Peer): void {
		const { socket } = peer;
		const allowance = this.#pace.socket(performance.now());
		let sockets = 0;
		for (const other of this.#peers)
			if (peer.actor && other.actor?.personId === peer.actor.personId) sockets++;
		this.#peers.add(peer);
		peer.oncut = () => this.#awareness.leave(peer);
		const client = this.#hocuspocus.handleConnection(
			peer.outlet,
			// Hocuspocus wants a request: nothing of the real one is for its eyes.
			new Request(this.#app.config.origin),
			{ peer }
		);
		/** Before it is let in, what a socket sends is kept; Hocuspocus would write a line for each that sends too much. */
		const queue = { first: null as Uint8Array | null, frames: 0, bytes: 0 };
		const queues = (bytes: Uint8Array): boolean => {
			queue.first ??= bytes.slice(0, 64);
			queue.bytes += bytes.length;
			return (
				++queue.frames <= MAX_QUEUE_FRAMES &&
				queue.bytes <= MAX_QUEUE &&
				sameNotebook(queue.first, bytes)
			);
		};
		const paced = (messages: number, bytes: number): boolean =>
			allowance.takes(messages, bytes, performance.now()) &&
			this.#takes(peer.actor, messages, bytes);
		socket.on('message', (data: RawData, binary: boolean) => {
			if (peer.isCut) return;
			peer.unanswered = 0;
			client.lastMessageReceivedAt = Date.now();
			const bytes = bytesOf(data);
			const pong = bytes.length === 1 && bytes[0] === PONG;
			const kind = binary ? frameKind(bytes) : null;
			if (kind === null && !pong) return peer.cut(CLOSE.refused);
			const messages = kind === 'question' ? QUESTION : 1;
			if (!paced(messages, bytes.length)) return peer.cut(CLOSE.tooFast);
			if (pong) return;
			if (this.#awareness.takes(peer, bytes)) return;
			if (!peer.connection && !queues(bytes)) return peer.cut(CLOSE.refused);
			client.handleMessage(bytes);
		});
		const late = setTimeout(() => {
			if (!peer.connection) peer.cut(CLOSE.silent);
		}, this.#handshake).unref();
		socket.on('close', (code, reason) => {
			clearTimeout(late);
			this.#peers.delete(peer);
			this.#awareness.leave(peer);
			if (peer.notebookId !== null && this.count(peer.notebookId) === 0)
				this.beginnings.forget(peer.notebookId);
			client.handleClose({ code, reason: reason.toString() });
		});
		// ws closes the socket itself after an error (a frame too large, a broken one).
		socket.on('error', () => peer.cut(CLOSE.refused));
		if (sockets >= MAX_SOCKETS_A_PERSON) peer.cut(CLOSE.refused);
	}

	/** Decides what the peer may do in the notebook; throws if nothing. */
	#admit(peer: Peer, notebookId: string): 'viewer' | 'editor' {
		const level = levelOnNotebook(this.#app, peer.actor, notebookId);
		if (!level || peer.isCut || (peer.notebookId !== null && peer.notebookId !== notebookId)) {
			// The answer goes out first, so that the page can say why.
			setImmediate(() => peer.cut(CLOSE.accessChanged));
			throw new Refusal(peer.actor ? 'not_found' : 'sign_in_required');
		}
		peer.notebookId = notebookId;
		peer.level = level;
		peer.holdsUntil = this.#access.endOf(peer);
		return level;
	}

	/**
	 * What fails on the way into a notebook is no refusal: whoever waits for it is cut with a code of its own, comes back
	 * and is told then.
	 */
	#opening<T>(peer: Peer, work: () => T): T {
		try {
			return work();
		} catch (cause) {
			if (cause instanceof Refusal) throw cause;
			const { notebookId } = peer;
			peer.cut(CLOSE.notOpened);
			// A document is loaded once for all who come at the same time.
			for (const other of this.#peers)
				if (notebookId !== null && other.notebookId === notebookId && !other.connection)
					other.cut(CLOSE.notOpened);
			this.#notOpened(notebookId, cause);
			throw new Refusal('not_opened');
		}
	}

	/** Pages come back to it again and again: of each notebook, it is said now and then. */
	#notOpened(notebookId: string | null, cause: unknown): void {
		const which = notebookId === null ? 'a notebook' : `notebook ${notebookId}`;
		const now = performance.now();
		if (now - (this.#saidNotOpened.get(which) ?? -Infinity) < SAY_AGAIN) return;
		this.#saidNotOpened.set(which, now);
		logError(`${which} could not be opened`, cause);
	}

	/** Before Hocuspocus applies, acknowledges and sends on: look, then write to disk. */
	async #writeAhead({
		type,
		payload,
		document,
		documentName,
		context
	}: beforeSyncPayload<Context>) {
		const { peer } = context;
		if (peer.isCut || !peer.level || !peer.actor) throw new Refusal('cut');
		if (type === 0) {
			// A state vector: a question, not an edit.
			if (payload.length > MAX_QUEUE) throw new Refusal('too-large');
			return;
		}
		if (peer.level !== 'editor') {
			// Hocuspocus answers a reader itself: an edit is not taken and not read; the handshake's answer is read
			// up to the first thing that the document has not. One a turn, so that many do not hold up the others.
			await new Promise((resolve) => setImmediate(resolve));
			return;
		}
		try {
			const facts = inspectUpdate(payload, document);
			if (facts.known) return;
			if (!this.#capacity.takes(document, facts)) throw new UpdateRefused('full');
			const { personId } = peer.actor;
			this.beginnings.edits(documentName, personId);
			// Counted when it is known: what comes next waits for it.
			this.#takes(peer.actor, messagesFor(facts.steps));
			const removed = deletedFrom(document, facts.removes);
			await this.journal.append({
				notebookId: documentName,
				update: payload,
				personId,
				writers: facts.writers,
				...(removed.length > 0 && {
					also: () => keepDeleted(this.#app, documentName, personId, removed)
				})
			});
		} catch (cause) {
			if (cause instanceof UpdateRefused) {
				peer.cut(CLOSE.refused);
				throw new Refusal(cause.reason);
			}
			// Never acknowledged: the page keeps it, says so, and sends it again.
			peer.cut(CLOSE.notKept);
			this.#notKept(documentName, cause);
			throw new Refusal('not_kept');
		}
		if (this.#failingSince !== null) {
			this.#failingSince = null;
			logNote('edits are kept again');
		}
		// Cut while the disk was written: the edit is kept and was allowed; the peer just hears no more.
	}

	/** What nobody's page sends ends its socket: said once, then now and then, on a line. */
	#ended(notebookId: string, cause: unknown): void {
		// What was sent before the socket's end, and what could not be kept, is no news.
		if (cause instanceof Refusal && (cause.reason === 'cut' || cause.reason === 'not_kept')) return;
		const why = cause instanceof Refusal ? cause.reason : 'unreadable';
		const now = performance.now();
		if (now - (this.#saidEnded.get(why) ?? -Infinity) < SAY_AGAIN) return;
		this.#saidEnded.set(why, now);
		const what = cause instanceof Error && !(cause instanceof Refusal) ? `, ${cause.message}` : '';
		logNote(`a live connection to notebook ${notebookId} was ended: ${why}${what}`);
	}

	/** A full disk fails each edit of everybody: it is said once, then now and then. */
	#notKept(notebookId: string, cause: unknown): void {
		const now = performance.now();
		if (this.#failingSince !== null && now - this.#failingSince < SAY_AGAIN) return;
		this.#failingSince = now;
		logError(`an edit of notebook ${notebookId} could not be kept`, cause);
	}

	/** Nobody awaits what Hocuspocus calls after a change: a failure in it is written down here, or ends the process. */
	async #follow({ document, documentName }: { document: Y.Doc; documentName: string }) {
		try {
			this.#keepTitle(documentName, document);
		} catch (cause) {
			logError(`the title of notebook ${documentName} could not be kept`, cause);
		}
	}

	/** The title and language of the lists follow the document's. */
	#keepTitle(notebookId: string, doc: Y.Doc): void {
		const title = readTitle(doc).slice(0, 300);
		const lang = readLang(doc);
		const listed = this.#listed.get(doc);
		// Asked after every keystroke.
		if (listed?.title === title && listed.lang === lang) return;
		const { db } = this.#app;
		const row = db
			.select({ title: notebooks.title, lang: notebooks.lang })
			.from(notebooks)
			.where(eq(notebooks.id, notebookId))
			.get();
		if (row && (row.title !== title || row.lang !== lang))
			db.update(notebooks).set({ title, lang }).where(eq(notebooks.id, notebookId)).run();
		this.#listed.set(doc, { title, lang });
	}

	/**
	 * The server's own change to a notebook (a rename from a list): on disk, then to those who have it open.
	 * The caller has checked the permission. Nothing comes between what it reads and what it writes.
	 * @param also kept in the same transaction, with the document as it was before: what it throws leaves all as it was
	 * @returns how far the document is with it; null where it changed nothing, and `also` was not called
	 */
	change(
		notebookId: string,
		make: (doc: Y.Doc) => void,
		also?: (before: Notebook) => void
	): ServerChange | null {
		this.journal.flush();
		const doc = this.journal.load(notebookId);
		const before = also && readNotebook(doc);
		const changes: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => changes.push(update));
		make(doc);
		if (changes.length === 0) return null;
		const update = Y.mergeUpdates(changes);
		appendNow(this.#app, {
			notebookId,
			update,
			personId: SERVER,
			writers: [doc.clientID],
			...(before && { also: () => also?.(before) })
		});
		const open = this.#hocuspocus.documents.get(notebookId);
		if (open) {
			Y.applyUpdate(open, update, { source: 'local' });
			this.#capacity.forget(open);
		}
		this.#keepTitle(notebookId, doc);
		return { client: doc.clientID, clock: Y.getState(doc.store, doc.clientID) };
	}

	/**
	 * Sends a notice to everyone who has the notebook open; who lost the right to read it is cut already. That something
	 * was proposed, or decided, is told to those who edit it: for readers there is no proposal.
	 * @param but a person who knows
	 */
	tell(notebookId: string, notice: string, but?: string): void {
		this.#hocuspocus.documents
			.get(notebookId)
			?.broadcastStateless(
				notice,
				({ readOnly, context }) =>
					(notice !== PROPOSALS_CHANGED || !readOnly) &&
					(but === undefined || (context as Context).peer.actor?.personId !== but)
			);
	}

	/** A version was kept, and committed: whoever goes on begins anew, and those who have the notebook open are told. */
	keptVersion(notebookId: string): void {
		this.beginnings.forget(notebookId);
		this.tell(notebookId, HISTORY_CHANGED);
	}

	/**
	 * The stored document as a value, the edits that wait written first: never inside a transaction.
	 * It is everyone's who reads it, and follows the edits: to be used at once and never changed. Throws NotFoundError if there is none.
	 */
	read(notebookId: string): ReadDocument {
		const row = this.#app.db
			.select({ id: notebooks.id })
			.from(notebooks)
			.where(eq(notebooks.id, notebookId))
			.get();
		if (!row) throw new NotFoundError();
		this.journal.flush();
		return this.#read.read(notebookId, lastEdit(this.#app, notebookId));
	}

	/**
	 * Asks again what those concerned may do, and cuts the sockets of those for whom it changed: their browser
	 * comes back by itself and is told where it stands. To call after a share changed or a session ended.
	 */
	recheck(concerned?: Concerned): void {
		this.#access.recheck(concerned);
	}

	/** A person's name is another: those who see them in a notebook see it. */
	renamed(personId: string): void {
		this.#awareness.renamed(personId);
	}

	#beat(): void {
		this.#pace.forget(performance.now());
		for (const peer of this.#peers) {
			if (peer.unanswered >= 2) peer.socket.terminate();
			else if (!peer.isCut && peer.socket.readyState === peer.socket.OPEN) {
				peer.unanswered++;
				peer.socket.send(Uint8Array.of(PING));
			}
		}
	}

	/** Ends in order: no new socket, what was received is written and acknowledged, then the sockets close. */
	async close(): Promise<void> {
		this.#closing = true;
		clearInterval(this.#heart);
		this.#access.end();
		this.journal.flush();
		await Promise.all([...this.#peers].map((peer) => peer.connection?.waitForPendingMessages()));
		this.journal.flush();
		const ends = [...this.#peers].map(
			(peer) =>
				new Promise<void>((resolve) => {
					if (peer.socket.readyState === peer.socket.CLOSED) resolve();
					else peer.socket.once('close', () => resolve());
				})
		);
		for (const peer of this.#peers) peer.cut(CLOSE.restart);
		await Promise.race([Promise.all(ends), new Promise((r) => setTimeout(r, 2500).unref())]);
		for (const peer of this.#peers) peer.socket.terminate();
		this.#sockets.close();
		await this.reckoner.close();
		await this.journal.close();
	}
}

function refuse(socket: Duplex, status: string): void {
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function bytesOf(data: RawData): Uint8Array {
	if (Array.isArray(data)) return Buffer.concat(data);
	return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

const KEY = Symbol.for('carnet-commun.rooms');
const store = globalThis as { [KEY]?: WeakMap<App, Rooms> };

/** The rooms of an App: one set per process, which the Node entry and Kit's bundle share. */
export function roomsOf(
	app: App,
	identify: Identify = actorOfCookies,
	handshake: number = HANDSHAKE
): Rooms {
	const all = (store[KEY] ??= new WeakMap());
	let rooms = all.get(app);
	if (!rooms) all.set(app, (rooms = new Rooms(app, identify, handshake)));
	return rooms;
}
