/**
 * The notebook's document, live and saved. It never says « enregistré » before the server has answered that
 * the edit is on its disk. Edits not yet answered are kept on the device (draft-store) and sent again after a
 * cut, a reload or a closed tab.
 */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import * as Y from 'yjs';
import { Acknowledgements } from './acknowledgements.ts';
import { browserDrafts, memoryDrafts, type DraftStore } from './draft-store.ts';
import { buriedEdits, sortKept, type KeptEdit, type LeftEdits } from './kept-edits.ts';
import { ScreenAwareness } from './screen-awareness.ts';

export type ConnectionStatus =
	| 'connecting'
	| 'online'
	/** It tries again by itself. */
	| 'offline'
	/** The server is there and cannot write: edits stay on this device. It tries again by itself. */
	| 'full'
	/** The server lets this person in no more (`refusal` says why), or takes none of these edits. */
	| 'refused';

export type SaveState = 'saved' | 'saving' | 'offline' | 'full' | 'failed';

export interface NotebookConnectionOptions {
	readonly notebookId: string;
	readonly writable: boolean;
	/** Names this person's unsaved edits on a shared device (`NotebookDescription.draftKey`). */
	readonly draftKey?: string;
	/** The document as the server last had it, as one update: the page need not wait for its socket. */
	readonly stored?: Uint8Array;
	/** Where the server listens; by default, the page's own origin. */
	readonly url?: string;
	readonly drafts?: DraftStore;
	/** The page only listens: its person is not shown to those who have the notebook open. */
	readonly unseen?: boolean;
	/** How long it waits before it asks a server again that cannot write, or open the notebook; each time longer. Milliseconds. */
	readonly fullDelay?: number;
	/** How long kept edits that do not fit may be another tab's, on their way, before they are told. Milliseconds. */
	readonly leftDelay?: number;
	/** For tests. */
	readonly socket?: typeof WebSocket;
}

/** Refusals in a row without an answer, after which the edits will not pass as they are. */
const MAX_REFUSALS = 3;
const REFUSED = 4400;
const TOO_LARGE = 1009;
const SIGN_IN = 4407;
const NOT_KEPT = 4507;
const NOT_OPENED = 4503;
/** Milliseconds. */
const FULL_DELAY = 2_000;
const MAX_FULL_DELAY = 30_000;
const LEFT_DELAY = 5_000;

/** Origin of the edits that come back from the device. */
const DRAFTS = Symbol('drafts');

export class NotebookConnection {
	readonly doc = new Y.Doc();
	/** Who else has the notebook open, and where. */
	readonly awareness: ScreenAwareness;
	/** Resolves when there is a document to show: the stored one, or what the server sends first. */
	readonly opened: Promise<void>;
	/** Resolves when the document has all that the server had, and this device's kept edits. */
	readonly synced: Promise<void>;

	status: ConnectionStatus = $state('connecting');
	/** Whether this person may edit, as the server last said. */
	writable: boolean = $state(false);
	/** While it is refused, a code: `sign_in_required`, `not_found`, or `edits_refused`. */
	refusal: string | null = $state(null);
	/** Edits that the server has not acknowledged. */
	unsaved: number = $state(0);
	/** What this device kept and could not put back; null where there is none, or where it is not known yet. */
	left = $state.raw<LeftEdits | null>(null);
	/** What was written here in cells that somebody deleted meanwhile: acknowledged, and shown nowhere else. */
	buried = $state.raw<LeftEdits | null>(null);

	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- never read by a template
	readonly #notices = new Set<(notice: string | null) => void>();
	readonly #key: string;
	readonly #acks = new Acknowledgements();
	readonly #provider: HocuspocusProvider;
	readonly #socket: HocuspocusProviderWebsocket;
	#drafts: DraftStore;
	/** Kept edits by number, with their ids in the draft store; `doubtful`, their words may be gone when they arrive. */
	#kept: { readonly number: number; readonly ids: readonly string[]; doubtful: boolean }[] = [];
	/** Ids of doubtful edits that were acknowledged, until the last of them is. */
	readonly #arrived: string[] = [];
	#resolveSynced: () => void = () => {};
	#restored = false;
	#refusals = 0;
	/** Times in a row that the server could not write what was sent. */
	#notKept = 0;
	/** Times in a row that the server could not open the notebook. */
	#notOpened = 0;
	#asking: ReturnType<typeof setTimeout> | undefined;
	readonly #fullDelay: number;
	/** Ids of the kept edits that could not be put back when this was last tried. */
	#stuck: readonly string[] = [];
	#trying: ReturnType<typeof setTimeout> | undefined;
	readonly #leftDelay: number;
	readonly #unseen: boolean;
	#serial = 0;
	readonly #session = Date.now().toString(36).padStart(9, '0');

	constructor(options: NotebookConnectionOptions) {
		const { notebookId, writable } = options;
		this.writable = writable;
		this.#key = options.draftKey ?? notebookId;
		this.#fullDelay = options.fullDelay ?? FULL_DELAY;
		this.#leftDelay = options.leftDelay ?? LEFT_DELAY;
		this.#unseen = options.unseen ?? false;
		this.#drafts =
			options.drafts ?? (typeof indexedDB === 'undefined' ? memoryDrafts() : browserDrafts());
		this.synced = new Promise((resolve) => (this.#resolveSynced = resolve));

		if (options.stored) Y.applyUpdate(this.doc, options.stored);
		this.opened = options.stored ? Promise.resolve() : this.synced;
		this.awareness = new ScreenAwareness({
			notebookId,
			own: this.doc.clientID,
			send: (frame) => this.#socket.send(frame)
		});
		// Before the provider's own listener: an edit is numbered before it is sent.
		this.doc.on('update', this.#onUpdate);
		this.doc.on('afterTransaction', this.#onTransaction);
		const acks = this.#acks;
		const Base = options.socket ?? WebSocket;
		this.#socket = new HocuspocusProviderWebsocket({
			url: options.url ?? `${location.origin.replace(/^http/, 'ws')}/collab`,
			WebSocketPolyfill: class extends Base {
				constructor(url: string) {
					super(url);
					acks.connected();
				}
				override send(data: Uint8Array<ArrayBuffer>): void {
					if (acks.sends(data)) super.send(data);
				}
			},
			delay: 500,
			minDelay: 300,
			maxDelay: 8000,
			// Heard before the socket plans to come back by itself.
			onClose: ({ event }) => this.#onClose(event.code)
		});
		this.#provider = new HocuspocusProvider({
			name: notebookId,
			document: this.doc,
			websocketProvider: this.#socket,
			// Presence is ours (screen-awareness); the server's heartbeat keeps the connection known to be alive.
			awareness: null,
			onAuthenticated: ({ scope }) => {
				this.writable = scope === 'read-write';
			},
			onAuthenticationFailed: ({ reason }) => this.#refuse(reason),
			onStateless: ({ payload }) => this.#notice(payload),
			onSynced: ({ state }) => {
				if (state) void this.#onSynced();
			},
			onMessage: ({ event }) => {
				const frame = new Uint8Array(event.data as ArrayBuffer);
				this.awareness.received(frame);
				this.#onMessage(frame);
			}
		});
		this.#provider.attach();
		if (typeof window !== 'undefined') {
			window.addEventListener('offline', this.#onOffline);
			window.addEventListener('online', this.#onOnline);
			window.addEventListener('pagehide', this.#onHidden);
			window.addEventListener('pageshow', this.#onShown);
		}
	}

	/** What to tell the person of their edits. */
	get saving(): SaveState {
		if (this.status === 'refused') return this.unsaved > 0 ? 'failed' : 'saved';
		if (this.status === 'offline') return 'offline';
		if (this.status === 'full') return 'full';
		return this.unsaved > 0 || this.status === 'connecting' ? 'saving' : 'saved';
	}

	/**
	 * Calls back when the server says that something beside the document changed, with null after a cut, during
	 * which notices were missed; answers how to stop.
	 */
	onNotice(heard: (notice: string | null) => void): () => void {
		this.#notices.add(heard);
		return () => void this.#notices.delete(heard);
	}

	#notice(notice: string | null): void {
		for (const heard of this.#notices) heard(notice);
	}

	destroy(): void {
		clearTimeout(this.#asking);
		clearTimeout(this.#trying);
		if (typeof window !== 'undefined') {
			window.removeEventListener('offline', this.#onOffline);
			window.removeEventListener('online', this.#onOnline);
			window.removeEventListener('pagehide', this.#onHidden);
			window.removeEventListener('pageshow', this.#onShown);
		}
		this.doc.off('update', this.#onUpdate);
		this.doc.off('afterTransaction', this.#onTransaction);
		this.awareness.destroy();
		this.#provider.destroy();
		this.#socket.destroy();
		// A cut of the last moment has it come back by a timer that nothing else stops.
		this.#socket.connect = () => Promise.resolve();
		this.doc.destroy();
	}

	readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
		if (origin === this.#provider || origin === DRAFTS) return;
		const number = this.#acks.edit();
		const id = `${this.#session}-${String(++this.#serial).padStart(9, '0')}-${this.doc.clientID}`;
		this.#kept.push({ number, ids: [id], doubtful: false });
		this.unsaved = this.#acks.pending;
		this.#store((drafts) => drafts.put(this.#key, id, update));
	};

	/** Who deletes a cell deletes all that is in it, also what they have not seen yet. */
	readonly #onTransaction = ({ origin, deleteSet }: Y.Transaction): void => {
		if (origin !== this.#provider || !deleteSet.clients.has(this.doc.clientID)) return;
		for (const edit of this.#kept) edit.doubtful = true;
	};

	#onMessage(frame: Uint8Array): void {
		const outcome = this.#acks.received(frame);
		if (!outcome) return;
		if (outcome.refused) {
			if (this.#acks.pending > 0) this.#refuse('edits_refused');
			return;
		}
		this.#refusals = 0;
		this.#notKept = 0;
		if (this.status === 'full') this.status = 'online';
		const done = this.#kept.filter(({ number }) => number <= outcome.through);
		if (done.length > 0) {
			this.#kept = this.#kept.filter(({ number }) => number > outcome.through);
			const ids = done.flatMap((edit) => (edit.doubtful ? [] : edit.ids));
			if (ids.length > 0) this.#store((drafts) => drafts.remove(this.#key, ids));
			this.#arrived.push(...done.flatMap((edit) => (edit.doubtful ? edit.ids : [])));
		}
		this.unsaved = this.#acks.pending;
		// All at once: a day away from the network is thousands of answers.
		if (this.unsaved > 0 || this.#arrived.length === 0) return;
		const ids = this.#arrived.splice(0);
		this.#store((drafts) => this.#lookFor(ids, drafts));
	}

	/** Takes acknowledged edits off the device, but for those whose words are nowhere else: these are told. */
	async #lookFor(ids: readonly string[], drafts: DraftStore): Promise<void> {
		const rows = await drafts.load(this.#key);
		const edits = rows.filter(({ id }) => ids.includes(id));
		const buried = buriedEdits(this.doc, edits, rows);
		const stay = buried.map(({ id }) => id);
		await drafts.remove(
			this.#key,
			ids.filter((id) => !stay.includes(id))
		);
		if (buried.length === 0) return;
		const told = (this.buried?.edits ?? []).filter(({ id }) => !stay.includes(id));
		this.buried = { why: 'deleted', edits: [...told, ...buried] };
	}

	async #onSynced(): Promise<void> {
		// What could not be written is on its way again: until the answer, nothing says that there is room.
		this.status = this.#notKept > 0 && this.#acks.pending > 0 ? 'full' : 'online';
		this.refusal = null;
		this.#notOpened = 0;
		// Who never says where they are is shown to nobody.
		if (!this.#unseen) this.awareness.linked();
		if (!this.#restored) {
			this.#restored = true;
			await this.#restore();
		} else {
			this.#notice(null);
			if (this.#stuck.length > 0) await this.#restore();
		}
		this.#resolveSynced();
	}

	/**
	 * Puts back the edits that an earlier page of this person left unsent. It waits for the server's state, on
	 * which they rest; what no longer fits it is left on the device and told (`left`), rather than sent and refused for
	 * ever.
	 */
	async #restore(): Promise<void> {
		let rows: readonly KeptEdit[];
		try {
			rows = await this.#drafts.load(this.#key);
		} catch {
			this.#drafts = memoryDrafts();
			return;
		}
		const here = [
			...this.#kept.flatMap(({ ids }) => ids),
			...this.#arrived,
			...(this.buried?.edits ?? []).map(({ id }) => id)
		];
		rows = rows.filter(({ id }) => !here.includes(id));
		const why = this.writable ? 'rests' : 'reads';
		const { fits, left } =
			why === 'reads' || rows.length === 0
				? { fits: [], left: rows }
				: sortKept(Y.encodeStateAsUpdate(this.doc), rows);
		if (fits.length > 0) this.#putBack(fits);
		const stayed = left.filter(({ id }) => this.#stuck.includes(id));
		this.left = stayed.length > 0 ? { why, edits: stayed } : null;
		this.#stuck = left.map(({ id }) => id);
		clearTimeout(this.#trying);
		if (stayed.length < left.length)
			this.#trying = setTimeout(() => {
				// Otherwise when it is next in step with the server.
				if (this.status === 'online') void this.#restore();
			}, this.#leftDelay);
	}

	#putBack(edits: readonly KeptEdit[]): void {
		let changed = false;
		const look = () => (changed = true);
		// Numbered first: the provider sends it from within the update.
		const number = this.#acks.edit();
		// What they were written in may have been deleted long before they came.
		this.#kept.push({ number, ids: edits.map(({ id }) => id), doubtful: true });
		this.unsaved = this.#acks.pending;
		this.doc.on('update', look);
		Y.applyUpdate(this.doc, Y.mergeUpdates(edits.map(({ update }) => update)), DRAFTS);
		this.doc.off('update', look);
		// Known already: nothing goes out; ask the server to confirm what it has.
		if (!changed) this.#provider.forceSync();
	}

	/** Takes off the device what could not be put back, or what was buried. */
	giveUp({ why, edits }: LeftEdits): void {
		const ids = edits.map(({ id }) => id);
		if (why === 'deleted') this.buried = null;
		else this.left = null;
		this.#stuck = this.#stuck.filter((id) => !ids.includes(id));
		this.#store((drafts) => drafts.remove(this.#key, ids));
	}

	#refuse(reason: string): void {
		this.status = 'refused';
		this.refusal = reason;
		if (reason !== 'edits_refused') this.#socket.disconnect();
	}

	#onClose(code: number): void {
		this.awareness.cut();
		if (code === SIGN_IN) return this.#refuse('sign_in_required');
		if (code === NOT_OPENED) this.#comeBack(this.#notOpened++);
		if (this.status === 'refused') return;
		if (code === NOT_KEPT) return this.#waitForRoom();
		this.status = 'offline';
		const refused = code === REFUSED || code === TOO_LARGE;
		if (refused && ++this.#refusals >= MAX_REFUSALS && this.#acks.pending > 0) {
			this.#refuse('edits_refused');
			this.#socket.disconnect();
		}
	}

	readonly #onHidden = (): void => this.awareness.away(true);
	readonly #onShown = (): void => this.awareness.away(false);

	#waitForRoom(): void {
		this.status = 'full';
		this.#comeBack(this.#notKept++);
	}

	/**
	 * Each page waits its own time, so that they do not all come at once.
	 * @param tries that were in vain before this one
	 */
	#comeBack(tries: number): void {
		this.#socket.disconnect();
		const longest = Math.min(MAX_FULL_DELAY, this.#fullDelay * 1.7 ** tries);
		clearTimeout(this.#asking);
		this.#asking = setTimeout(
			() => void this.#socket.connect(),
			longest * (0.7 + 0.3 * Math.random())
		);
	}

	readonly #onOffline = (): void => {
		if (this.status !== 'refused') this.status = 'offline';
	};

	readonly #onOnline = (): void => {
		if (this.status !== 'offline') return;
		if (this.#provider.isSynced) this.status = 'online';
		else void this.#socket.connect();
	};

	#store(work: (drafts: DraftStore) => Promise<void>): void {
		// A browser that keeps nothing still edits and saves: only a tab closed offline would lose.
		work(this.#drafts).catch(() => {});
	}
}
