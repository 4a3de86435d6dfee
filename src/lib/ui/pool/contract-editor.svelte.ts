/** The state of a contract that is being written: the draft, what is wrong with it, and which columns are open. */
import { tick } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { contractChange, type ContractChange } from '$lib/core/pool/contract-change';
import {
	contractOf,
	draftColumn,
	draftOf,
	draftProblems,
	emptyColumn,
	moveColumn,
	standingColumns,
	type ColumnDraft,
	type ContractDraft
} from '$lib/core/pool/contract-draft';
import { readContract, type Contract, type ContractColumn } from '$lib/core/pool/contract';
import { flawText } from './contract-words.ts';

export class ContractEditor {
	draft = $state() as ContractDraft;
	/** Ids of the columns whose fields are shown. */
	readonly open = new SvelteSet<number>();
	/** What is wrong is said once the person asked to store it, and follows what they type from then on. */
	asked = $state(false);

	#base = $state.raw() as Contract;
	#last = 0;
	readonly #nextId = (): number => ++this.#last;

	readonly problems = $derived.by(() => draftProblems(this.draft));
	readonly #sentences = $derived(
		// eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew, never changed
		new Map(this.asked ? this.problems.map((problem) => [problem.path, flawText(problem)]) : [])
	);
	readonly standing = $derived.by(() => standingColumns(this.draft));
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew, never changed
	readonly #places = $derived(new Map(this.standing.map(({ id }, i) => [id, i])));
	/** The contract as it would be stored; null while something keeps it from being one. */
	readonly contract = $derived.by(() =>
		this.problems.length ? null : readContract(contractOf(this.draft))
	);

	constructor(base: Contract) {
		this.#base = base;
		this.draft = draftOf(base, this.#nextId);
	}

	/** What it would change; null while something keeps it from being a contract. */
	get change(): ContractChange | null {
		return this.contract && contractChange(this.#base, this.contract);
	}

	/** Whether anything was written that is not stored. */
	get dirty(): boolean {
		return this.change === null || !this.change.same;
	}

	/** Someone else stored another version: what was written here is now compared with that one. */
	rebase(base: Contract): void {
		this.#base = base;
	}

	/** Place among the columns that stay, from 0; -1 for one that goes. */
	placeOf(column: ColumnDraft): number {
		return this.#places.get(column.id) ?? -1;
	}

	error(path: string): string | undefined {
		return this.#sentences.get(path);
	}

	/** @param field such as `label.fr` */
	errorOf(column: ColumnDraft, field: string): string | undefined {
		return this.#sentences.get(`columns.${this.placeOf(column)}.${field}`);
	}

	/** How many things are wrong within a column, once that is said. */
	wrongIn(column: ColumnDraft): number {
		const within = `columns.${this.placeOf(column)}.`;
		return [...this.#sentences.keys()].filter((path) => path.startsWith(within)).length;
	}

	/** Opens what holds something wrong, so that it can be seen and reached. */
	reveal(): void {
		this.asked = true;
		for (const column of this.standing) if (this.wrongIn(column)) this.open.add(column.id);
	}

	/** Answers the new column. */
	add(): ColumnDraft {
		const column = emptyColumn(this.#nextId);
		this.draft.columns.push(column);
		this.open.add(column.id);
		return column;
	}

	/** Those whose names are not there yet; answers how many. */
	addAll(columns: readonly ContractColumn[]): number {
		// eslint-disable-next-line svelte/prefer-svelte-reactivity -- gone once they are added
		const taken = new Set(this.standing.map(({ name }) => name));
		const added = columns.filter(({ name }) => !taken.has(name));
		this.draft.columns.push(...added.map((column) => draftColumn(column, this.#nextId)));
		return added.length;
	}

	/** All of it in place of what was written; answers what puts that back. */
	replace(contract: Contract): () => void {
		const before = $state.snapshot(this.draft);
		this.draft = draftOf(contract, this.#nextId);
		this.open.clear();
		return () => {
			this.draft = before;
		};
	}

	move(column: ColumnDraft, by: -1 | 1): boolean {
		return moveColumn(this.draft, column.id, by);
	}

	addValue(column: ColumnDraft): void {
		column.allowed.push({ id: this.#nextId(), value: '', synonyms: '' });
	}

	/** A row that could not be told from the others, or belongs to no period, is refused: such a column must be filled. */
	setInKey(column: ColumnDraft, inKey: boolean): void {
		column.inKey = inKey;
		if (inKey) column.required = true;
	}

	setPeriod(id: number | null): void {
		this.draft.period = id;
		const column = this.draft.columns.find((each) => each.id === id);
		if (column) column.required = true;
	}
}

/** Puts the focus on the first field that is wrong, once it is there. */
export async function focusFirstWrong(form: HTMLElement): Promise<void> {
	await tick();
	form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
