/** One WebSocket: who holds it, on which notebook, and until when. */
import type { Connection, WebSocketLike } from '@hocuspocus/server';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { NotebookLevel } from '../access/notebook.ts';
import type { Actor } from '../app.ts';

/** Close codes: the provider tries again after any of them and is then told where it stands. */
export const CLOSE = {
	refused: { code: 4400, reason: 'refused' },
	accessChanged: { code: 4403, reason: 'access-changed' },
	ended: { code: 4401, reason: 'session-ended' },
	/** Without a session nothing is opened: the page says to sign in, and tries no more. */
	signIn: { code: 4407, reason: 'sign-in-required' },
	/** More than a person sends (pace): what it has not sent yet may come after a while. */
	tooFast: { code: 4429, reason: 'too-fast' },
	/** It does not read what it is sent. */
	tooSlow: { code: 4413, reason: 'too-slow' },
	/** The server could not write: whoever edits keeps the edit, and tries again by itself. */
	notKept: { code: 4507, reason: 'not-kept' },
	/** The notebook could not be opened just now: the page comes back to it by itself, later each time. */
	notOpened: { code: 4503, reason: 'not-opened' },
	silent: { code: 4408, reason: 'silent' },
	restart: { code: 1012, reason: 'restart' }
} as const;

/** Bytes that wait for a socket to read them, past which it is cut: it is told everything when it comes back. */
const MAX_UNREAD = 8 * 2 ** 20;

export class Peer {
	readonly socket: WebSocket;
	readonly actor: Actor | null;
	readonly sessionHash: string | null;
	/** The notebook that this socket was let into; one a socket. */
	notebookId: string | null = null;
	/** What it may do there, decided when it opened and re-decided by `Rooms.recheck`. */
	level: NotebookLevel | null = null;
	/** When the session or a share that it holds by ends by the clock, if nothing changes. */
	holdsUntil = Infinity;
	connection: Connection | null = null;
	/** Called once, when it is cut. */
	oncut: (() => void) | null = null;
	/** Heartbeats sent since the peer was last heard. */
	unanswered = 0;
	/** The connection under it. */
	readonly #wire: Duplex;
	#corked = false;
	#cut = false;

	constructor(socket: WebSocket, wire: Duplex, actor: Actor | null, sessionHash: string | null) {
		this.socket = socket;
		this.#wire = wire;
		this.actor = actor;
		this.sessionHash = sessionHash;
	}

	/** Nothing more is taken from it or sent to it. */
	get isCut(): boolean {
		return this.#cut;
	}

	/** Closes the raw socket (Hocuspocus's own close is only a message in it). */
	cut({ code, reason }: { code: number; reason: string }): void {
		if (this.#cut) return;
		this.#cut = true;
		this.level = null;
		this.oncut?.();
		this.socket.close(code, reason);
		// A peer that does not answer the closing handshake is dropped.
		setTimeout(() => this.socket.terminate(), 2000).unref();
	}

	/** What is sent in one turn goes out in one write: an acknowledgement with what others wrote. */
	#gather(): void {
		if (this.#corked) return;
		this.#corked = true;
		this.#wire.cork();
		setImmediate(() => {
			this.#corked = false;
			this.#wire.uncork();
		});
	}

	/** What Hocuspocus writes to: closed for it from the moment the peer is cut. */
	get outlet(): WebSocketLike {
		const { socket } = this;
		return {
			send: (data) => {
				if (this.#cut || socket.readyState !== socket.OPEN) return;
				if (socket.bufferedAmount > MAX_UNREAD) return this.cut(CLOSE.tooSlow);
				this.#gather();
				socket.send(data as Parameters<WebSocket['send']>[0]);
			},
			close: (code, reason) => this.cut({ code: code ?? 1000, reason: reason ?? '' }),
			get readyState() {
				return socket.readyState;
			}
		};
	}
}
