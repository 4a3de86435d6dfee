/** What the harness and a process of clients say to each other. */

export interface Writer {
	/** Names it in its tokens. */
	readonly number: number;
	readonly notebookId: string;
	readonly cookie: string;
}

/** One edit: it writes a token that no other writes, or takes some of the same writer's away. */
export type Made = { readonly put: string } | { readonly drop: readonly string[] };

export type ToClients =
	| {
			readonly say: 'start';
			readonly url: string;
			readonly origin: string;
			readonly writers: readonly Writer[];
			/** Edits a second of each writer; null: each waits for its answer before the next. */
			readonly rate: number | null;
			readonly seed: number;
	  }
	/** The server listens (as the browser says that the network is back). */
	| { readonly say: 'up' }
	/** The server is gone: report once everything that it had sent was read. */
	| { readonly say: 'report'; readonly after: number }
	/** No more edits once each person made so many; report once all are acknowledged. */
	| { readonly say: 'finish'; readonly after: number };

export interface FromClients {
	/** Of each writer, in the order of `start`. */
	readonly writers: readonly {
		/** Edits made since the last report. */
		readonly made: readonly Made[];
		/** How many of all its edits it was told are on disk. */
		readonly acknowledged: number;
	}[];
	/** From an edit to its acknowledgement on the same connection, in milliseconds. */
	readonly delays: readonly number[];
}
