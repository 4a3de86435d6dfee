/**
 * The version before, while the next export of the same dataset is brought in: its recipe reads the new file, its rows
 * are compared with the new ones in the worker, and the two are joined as the person says. An `ImportSession` is told
 * of it as its guide.
 */
import type {
	JoinConcern,
	JoinChoice,
	Kinship,
	VersionComparison
} from '../core/dataset/refresh.ts';
import { concernsOf, kinshipOf, proposeJoin } from '../core/dataset/refresh.ts';
import {
	choicesFor,
	matchRecipe,
	type ImportRecipe,
	type MergeMode,
	type RecipeMatch
} from '../core/dataset/recipe.ts';
import { AppError } from '../core/errors.ts';
import type {
	ImportAnswer,
	ImportChoices,
	ImportReport,
	ImportRequest
} from '../core/protocol/import.ts';
import type { ImportGuide } from './import-session.svelte.ts';

/**
 * How the file stands to the recipe. `same`: nothing to ask. `near`: some columns are new, gone or renamed. `other`: so
 * little is the same that the file was read without the recipe. `none`: no recipe was kept. `aside`: the person set it
 * aside.
 */
export type RefreshShape = 'same' | 'near' | 'other' | 'none' | 'aside';

export interface RefreshOf {
	readonly recipe: ImportRecipe | null;
	/** The recipe's way of joining was chosen for an earlier version: it is not that of a first import. */
	readonly joined: boolean;
	/** The latest version. */
	readonly number: number;
	/** Its bytes. @throws AppError */
	readonly load: () => Promise<ArrayBuffer>;
}

export class RefreshSession implements ImportGuide {
	/** Null until the first rows were read. */
	shape = $state<RefreshShape | null>(null);
	match = $state.raw<RecipeMatch | null>(null);
	/** Columns of the file that are not the recipe's renamed, though they look so; by position. */
	apart = $state.raw<readonly number[]>([]);
	comparison = $state.raw<VersionComparison | null>(null);
	/** Null: the person has to say. */
	mode = $state<MergeMode | null>(null);
	key = $state.raw<readonly string[]>([]);
	/** Names of columns whose pseudonyms wait for their key. */
	keyless = $state.raw<readonly string[]>([]);
	/** How much the file has in common with the version before; null until they were compared. */
	kinship = $state<Kinship | null>(null);
	/** The person says that it is the right file, though little is in common. */
	confirmed = $state(false);
	/** The version before could not be had or compared. */
	error = $state.raw<AppError | null>(null);

	/** How the two are joined; null while that is undecided, or not yet known of this key. */
	readonly join: JoinChoice | null = $derived.by(() => {
		// Without the version before, its place may be taken all the same.
		if (this.error) return this.mode === 'replace' ? { key: null, mode: 'replace' } : null;
		if (!this.comparison || this.mode === null) return null;
		const key = this.key.filter((name) => this.comparison?.keyColumns.includes(name));
		if (this.mode === 'merge' && !key.length) return null;
		return { key: key.length ? key : null, mode: this.mode };
	});
	/** Little is in common, and nobody said that it is the right file. */
	readonly unsure: boolean = $derived(
		this.kinship !== null && this.kinship !== 'enough' && !this.confirmed
	);
	/** The comparison is that of the key that stands. */
	readonly told: boolean = $derived(
		this.join?.mode !== 'merge' ||
			this.comparison?.told?.key.join('\n') === this.join.key?.join('\n')
	);
	readonly concerns: readonly JoinConcern[] = $derived(
		this.comparison && this.join ? concernsOf(this.comparison, this.join, this.keyless) : []
	);
	/** One click is enough: the same shape, a way of joining, nothing to look at first. */
	readonly ready: boolean = $derived(
		this.shape === 'same' &&
			this.join !== null &&
			this.told &&
			!this.concerns.length &&
			!this.keyless.length &&
			!this.unsure
	);

	readonly of: RefreshOf;
	#post: (request: ImportRequest, transfer?: Transferable[]) => void = () => {};
	#last = 0;
	/** Of the latest requests, so that an answer to an earlier one says nothing. */
	#id = 0;
	#base = 0;
	#based = false;
	#waiting: (() => void)[] = [];
	/** The file was read to its end with the choices that stand. */
	#report: ImportReport | null = null;
	/** The choices of the file as a whole are the recipe's. */
	#guided = false;
	/** A way was proposed or chosen for the file that is there. */
	#settled = false;
	#headers: readonly string[] = [];

	constructor(of: RefreshOf) {
		this.of = of;
	}

	// ------------------------------------------------------------ for the import session

	begin(
		post: (request: ImportRequest, transfer?: Transferable[]) => void,
		fresh: boolean
	): ImportChoices {
		this.#post = post;
		this.#forget();
		this.#rouse();
		this.shape = null;
		this.match = null;
		this.apart = [];
		this.#headers = [];
		this.#settled = false;
		this.mode = null;
		this.key = [];
		this.kinship = null;
		this.confirmed = false;
		this.keyless = [];
		if (fresh || !this.#based) void this.#load();
		const { recipe } = this.of;
		this.#guided = recipe !== null;
		return recipe ? { ...recipe.choices, columns: undefined } : {};
	}

	reading(): void {
		this.#forget();
	}

	looked({ columns }: ImportReport): ImportChoices | null {
		if (this.shape !== null) return null;
		const { recipe } = this.of;
		if (!recipe) {
			this.shape = 'none';
			return null;
		}
		this.#headers = columns.map(({ header }) => header);
		const match = matchRecipe(recipe, this.#headers);
		const paired = match.from.filter((from) => from !== null).length;
		if (paired * 2 < recipe.columns.length) return this.refused();
		this.match = match;
		this.shape = match.same ? 'same' : 'near';
		return this.#choices(match);
	}

	refused(): ImportChoices | null {
		if (this.shape !== null) return null;
		if (this.#guided) {
			// What was said of another file may hide what this one is: it is looked at without.
			this.#guided = false;
			return {};
		}
		this.shape = 'other';
		return null;
	}

	read(report: ImportReport, keyless: readonly string[]): void {
		this.#report = report;
		this.keyless = keyless;
		this.#compare();
	}

	async decide(): Promise<JoinChoice> {
		if (!this.comparison && !this.error)
			await new Promise<void>((resolve) => this.#waiting.push(resolve));
		if (this.unsure) throw new AppError('version_unrelated');
		if (this.join) return this.join;
		if (this.mode === 'merge' && !this.error) throw new AppError('merge_key_required');
		throw this.error ?? new AppError('join_undecided');
	}

	hear(answer: ImportAnswer): boolean {
		switch (answer.type) {
			case 'based':
				if (answer.id === this.#base) {
					this.#based = true;
					this.#compare();
				}
				return true;
			case 'compared':
				if (answer.id === this.#id) this.#take(answer.comparison);
				return true;
			case 'failed':
				if (answer.id === null || answer.id >= 0) return false;
				if (answer.id === this.#id || answer.id === this.#base)
					this.#fail(new AppError(answer.code, { ...answer.details }));
				return true;
			default:
				return false;
		}
	}

	// ------------------------------------------------------------ for the page

	choose(mode: MergeMode): void {
		this.mode = mode;
		this.#settled = true;
		const first = this.comparison?.suggested[0];
		if (mode === 'merge' && !this.key.length && first) this.chooseKey(first.key);
	}

	chooseKey(key: readonly string[]): void {
		this.key = key;
		this.#compare();
	}

	/** The version before is asked for again. */
	retry(): void {
		void this.#load();
	}

	/** The choices with which to read without the recipe. */
	setAside(): ImportChoices {
		this.shape = 'aside';
		this.match = null;
		return {};
	}

	/**
	 * The choices with which to read, with a column taken for the recipe's under another name, or not.
	 * @param file its position
	 */
	pair(file: number, paired: boolean): ImportChoices | null {
		const { recipe } = this.of;
		if (!recipe || !this.match) return null;
		this.apart = [...this.apart.filter((each) => each !== file), ...(paired ? [] : [file])];
		const from = this.match.from.map((of, i) => (this.apart.includes(i) ? null : of));
		return this.#choices({ ...this.match, from });
	}

	/** As the file's header has it. @param file position of a column */
	headerOf(file: number): string {
		return this.#headers[file] ?? '';
	}

	// ------------------------------------------------------------ within

	/** Below zero: apart from the ids of the import session. */
	#next(): number {
		return --this.#last;
	}

	/** The recipe's, without those of the file as a whole where they did not fit it. */
	#choices(match: RecipeMatch): ImportChoices {
		const { recipe } = this.of;
		if (!recipe) return {};
		const choices = choicesFor(recipe, match);
		if (this.#guided) return choices;
		const { decimal, dateOrder, missing, totals, columns } = choices;
		return {
			...(decimal !== undefined && { decimal }),
			...(dateOrder !== undefined && { dateOrder }),
			...(missing !== undefined && { missing }),
			...(totals !== undefined && { totals }),
			columns
		};
	}

	#forget(): void {
		this.#id = 0;
		this.#report = null;
		this.comparison = null;
	}

	/** Those who wait for a comparison have it, or will not. */
	#rouse(): void {
		for (const resolve of this.#waiting.splice(0)) resolve();
	}

	async #load(): Promise<void> {
		this.#based = false;
		this.error = null;
		const id = (this.#base = this.#next());
		try {
			const bytes = await this.of.load();
			if (id === this.#base) this.#post({ type: 'base', id, bytes }, [bytes]);
		} catch (cause) {
			if (id === this.#base)
				this.#fail(cause instanceof AppError ? cause : new AppError('unexpected'));
		}
	}

	#fail(error: AppError): void {
		this.error = error;
		this.#rouse();
	}

	#compare(): void {
		if (!this.#based || !this.#report) return;
		const key = this.key.length ? [...this.key] : this.#usual();
		this.#post({ type: 'compare', id: (this.#id = this.#next()), key });
	}

	/** The recipe's key, while nothing was said of this file. */
	#usual(): string[] | null {
		const { recipe, joined } = this.of;
		return !this.#settled && joined && recipe?.key ? [...recipe.key] : null;
	}

	#take(comparison: VersionComparison): void {
		this.error = null;
		this.comparison = comparison;
		const kept = this.#report?.columns.filter((column) => column.kept) ?? [];
		const companions = kept.filter(({ companion }) => companion !== null);
		this.kinship = kinshipOf(comparison, kept.length + companions.length);
		if (!this.#settled) {
			// Without its pseudonyms a table may look as if it met nothing: it is asked again once they are there.
			this.#settled = !this.keyless.length;
			const proposed = this.#proposed(comparison);
			this.mode = proposed?.mode ?? null;
			this.key = proposed?.key ?? [];
		}
		this.key = this.key.filter((name) => comparison.keyColumns.includes(name));
		if (this.key.length && comparison.told?.key.join('\n') !== this.key.join('\n')) this.#compare();
		this.#rouse();
	}

	/** What was chosen the last time; else what the two tables tell. */
	#proposed(comparison: VersionComparison): JoinChoice | null {
		const { recipe, joined } = this.of;
		if (this.shape === 'other' || this.kinship !== 'enough') return null;
		if (!recipe || !joined || this.shape === 'aside') return proposeJoin(comparison);
		const usable = recipe.key?.every((name) => comparison.keyColumns.includes(name)) ?? true;
		return usable ? { key: recipe.key, mode: recipe.mode } : null;
	}
}
