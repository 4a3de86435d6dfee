/** One WebSocket: who holds it, on which notebook, and until when. */
import type { Connection, WebSocketLike } from '@hocuspocus/server';
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
	/** The server could not write: whoever edits keeps the edit, and tries again by itself. */
	notKept: { code: 4507, reason: 'not-kept' },
	silent: { code: 4408, reason: 'silent' },
	restart: { code: 1012, reason: 'restart' }
} as const;

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
	/** Heartbeats sent since the peer was last heard. */
	unanswered = 0;
	#cut = false;

	constructor(socket: WebSocket, actor: Actor | null, sessionHash: string | null) {
		this.socket = socket;
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
		this.socket.close(code, reason);
		// A peer that does not answer the closing handshake is dropped.
		setTimeout(() => this.socket.terminate(), 2000).unref();
	}

	/** What Hocuspocus writes to: closed for it from the moment the peer is cut. */
	get outlet(): WebSocketLike {
		const { socket } = this;
		return {
			send: (data) => {
				if (!this.#cut && socket.readyState === socket.OPEN)
					socket.send(data as Parameters<WebSocket['send']>[0]);
			},
			close: (code, reason) => this.cut({ code: code ?? 1000, reason: reason ?? '' }),
			get readyState() {
				return socket.readyState;
			}
		};
	}
}
