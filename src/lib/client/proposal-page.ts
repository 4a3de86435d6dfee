/**
 * A proposal's page while it is open: told by the notebooks' live connections when somebody comments, decides or edits,
 * and asking again when one comes back to it. What is read is handed over; the page shows it.
 */
import type { Mentionable } from '../core/annotation/thread.ts';
import { AppError } from '../core/errors.ts';
import { PROPOSALS_CHANGED } from '../core/notebook/proposal.ts';
import type { ProposalState } from '../core/notebook/proposal-news.ts';
import { askJson } from './ask-json.ts';
import type { CommentDrafts } from './comment-drafts.ts';

/** Edits come many at once: the page is read again a moment after. Milliseconds. */
const REST = 1_000;

const pathOf = (proposalId: string): string => `/api/proposals/${encodeURIComponent(proposalId)}`;

export interface ProposalWatch {
	readonly proposalId: string;
	/** Whose page it is. */
	readonly notebookId: string;
	/** Whose edits and notices are heard (`ProposalPage`). */
	readonly rooms: readonly string[];
	readonly fresh: (state: ProposalState) => void;
	/** The reader may read it no more. */
	readonly gone: () => void;
}

/** Answers how to stop. */
export function watchProposal(watch: ProposalWatch): () => void {
	const ending = new AbortController();
	const { signal } = ending;
	const path = `${pathOf(watch.proposalId)}?in=${encodeURIComponent(watch.notebookId)}`;
	let asked = 0;
	let shown = 0;
	async function read(): Promise<void> {
		const number = ++asked;
		try {
			const state = await askJson<ProposalState>(path);
			if (signal.aborted || number < shown) return;
			shown = number;
			watch.fresh(state);
		} catch (cause) {
			// What is cut is asked again when the connection comes back.
			const code = cause instanceof AppError ? cause.code : '';
			if (!signal.aborted && (code === 'not_found' || code === 'sign_in_required')) watch.gone();
		}
	}
	let timer: ReturnType<typeof setTimeout> | undefined;
	let due = Infinity;
	/** Edits that go on and on put nothing off. */
	function soon(rest: number): void {
		const at = performance.now() + rest;
		if (at >= due || signal.aborted) return;
		clearTimeout(timer);
		due = at;
		timer = setTimeout(() => {
			due = Infinity;
			void read();
		}, rest);
	}
	const again = (): void => {
		if (document.visibilityState === 'visible') soon(0);
	};
	window.addEventListener('focus', again, { signal });
	window.addEventListener('online', again, { signal });
	document.addEventListener('visibilitychange', again, { signal });
	for (const room of watch.rooms) void listen(room);
	return () => {
		ending.abort();
		clearTimeout(timer);
	};

	async function listen(notebookId: string): Promise<void> {
		const { NotebookConnection, memoryDrafts } = await import('./open-notebook.ts');
		if (signal.aborted) return;
		// Edits of this device that wait are the notebook's own page's to send.
		const drafts = memoryDrafts();
		// Nor does whoever reads this page read the notebook.
		const live = new NotebookConnection({ notebookId, writable: false, unseen: true, drafts });
		signal.addEventListener('abort', () => live.destroy());
		live.onNotice((notice) => {
			if (notice === null || notice === PROPOSALS_CHANGED) soon(0);
		});
		await live.synced;
		// What was edited between the page's making and now.
		soon(0);
		live.doc.on('update', () => soon(REST));
	}
}

/** What is said of a proposal: drafts, people who can be named, sending. Stands in for the discussions of a notebook. */
export class ProposalTalk {
	readonly #of: string;
	readonly #path: string;
	#drafts: CommentDrafts | null = null;
	#typed = '';
	/** Resolves once what was kept on the device is here. */
	readonly ready: Promise<void>;

	/** @param draftKey as `NotebookDescription.draftKey` */
	constructor(proposalId: string, draftKey: string) {
		this.#of = `proposal-${proposalId}`;
		this.#path = pathOf(proposalId);
		this.ready = import('./comment-drafts.ts')
			.then(async ({ CommentDrafts }) => {
				this.#drafts = await CommentDrafts.open(draftKey);
				if (this.#typed !== '') this.#drafts.keepDraft(this.#of, this.#typed);
			})
			.catch(() => undefined);
	}

	draft(): string {
		return this.#drafts?.draft(this.#of) ?? this.#typed;
	}
	keepDraft(_of: string, body: string): void {
		this.#typed = body;
		this.#drafts?.keepDraft(this.#of, body);
	}
	/** @throws AppError */
	people(): Promise<readonly Mentionable[]> {
		return askJson<readonly Mentionable[]>(`${this.#path}/people`);
	}
	/** @throws AppError; InvalidError where it is for the field */
	async send(body: string): Promise<void> {
		await askJson(`${this.#path}/comments`, 'POST', { body });
	}
	/** What the reader was told of it is read; where that fails, they may say so themselves. */
	async markRead(): Promise<void> {
		await askJson(`${this.#path}/read`, 'POST', {}).catch(() => undefined);
	}
}
