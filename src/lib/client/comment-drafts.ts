/**
 * What is typed of a comment and not sent, kept on the device by notebook and by what it answers: a reload, a crash or a
 * connection that is cut loses none of it. It goes once it is sent or given up, and when its person signs out: they
 * are in a database of their own, beside the edits that wait for the server.
 */
import { browserDrafts, type DraftStore } from './draft-store.ts';

const DATABASE = 'carnet-commun-comments';
/** Milliseconds that signing out waits for them to go. */
const PATIENCE = 2_000;

export class CommentDrafts {
	readonly #key: string;
	/** null: they end with the page. */
	readonly #store: DraftStore | null;
	readonly #bodies: Map<string, string>;
	/** What is kept is written one after the other: the last that was typed stays. */
	#writing: Promise<void> = Promise.resolve();
	readonly #waiting = new Map<string, string>();

	private constructor(key: string, store: DraftStore | null, bodies: Map<string, string>) {
		this.#key = key;
		this.#store = store;
		this.#bodies = bodies;
	}

	/**
	 * Never rejects: where the browser keeps nothing, the page itself still holds what is typed.
	 * @param key names this person's drafts of a notebook on a shared device (`NotebookDescription.draftKey`); without it,
	 * they end with the page
	 */
	static async open(
		key = '',
		store: DraftStore | null = key === '' || typeof indexedDB === 'undefined'
			? null
			: browserDrafts(DATABASE)
	): Promise<CommentDrafts> {
		try {
			const text = new TextDecoder();
			const rows = (await store?.load(key)) ?? [];
			const bodies = new Map(rows.map(({ id, update }) => [id, text.decode(update)]));
			return new CommentDrafts(key, store, bodies);
		} catch {
			return new CommentDrafts(key, null, new Map());
		}
	}

	/** @param of the id of a thread that is answered, of a comment that is changed, or of what one is begun about */
	draft(of: string): string {
		return this.#bodies.get(of) ?? '';
	}

	keepDraft(of: string, body: string): void {
		if (body.trim() === '') {
			if (!this.#bodies.delete(of)) return;
		} else if (this.#bodies.get(of) === body) return;
		else this.#bodies.set(of, body);
		if (!this.#waiting.has(of)) this.#writing = this.#writing.then(() => this.#write(of));
		this.#waiting.set(of, body);
	}

	/** Resolves once all that was typed so far is on the device. */
	written(): Promise<void> {
		return this.#writing;
	}

	async #write(of: string): Promise<void> {
		const body = this.#waiting.get(of) ?? '';
		this.#waiting.delete(of);
		try {
			if (body.trim() === '') await this.#store?.remove(this.#key, [of]);
			else await this.#store?.put(this.#key, of, new TextEncoder().encode(body));
		} catch {
			// A private window, or a full device.
		}
	}
}

/** Takes those of everyone off the device; answers once they are gone, or could not be in time. */
function forgetComments(): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, PATIENCE);
		try {
			const request = indexedDB.deleteDatabase(DATABASE);
			request.onsuccess = request.onerror = () => resolve();
		} catch {
			resolve();
		}
	});
}

/** Sends the form that signs out, once what was typed and not sent is off the device. */
export async function signOut(form: HTMLFormElement | null): Promise<void> {
	await forgetComments();
	form?.submit();
}
