/**
 * Groups by codes that nothing changes, told apart when someone asks. Which there are is known as soon as each code was
 * met, most often among the first rows; which each row is in follows from its code. A loop that goes over the rows
 * anyway, a rollup's, meets the groups itself, and hands them over.
 */
import { Scope } from './compiled.ts';
import type { Groups } from './groupby.ts';
import type { KeyCodes } from './key-codes.ts';
import { eachRow, type Rows } from './rows.ts';

/** One part in so many of the rows, in which all groups are looked for before a loop over all rows is burdened with it. */
const HEAD = 64;

const later = new WeakMap<object, LaterGroups>();

/** null for groups that were made at once. */
export const laterGroupsOf = (groups: object): LaterGroups | null => later.get(groups) ?? null;

export class LaterGroups {
	readonly codes: KeyCodes;
	readonly #rows: Rows;
	/** Of each code, one more than its group; 0: no row has it. */
	readonly #slots: Int32Array;
	#first: readonly number[] | null = null;
	#keys: Uint32Array | null = null;

	private constructor(codes: KeyCodes, rows: Rows) {
		this.codes = codes;
		this.#rows = rows;
		this.#slots = new Int32Array(codes.size);
	}

	/** Arquero's description of groups, whose parts are found when they are read. */
	static of(codes: KeyCodes, rows: Rows, named: Pick<Groups, 'names' | 'get'>): Groups {
		const made = new LaterGroups(codes, rows);
		const groups: Groups = {
			get keys() {
				return made.#listed();
			},
			get rows() {
				return made.#met();
			},
			get size() {
				return made.#met().length;
			},
			...named
		};
		later.set(groups, made);
		return groups;
	}

	/**
	 * Whether a loop over just these rows, in their own order, should meet the groups: not where the first rows have
	 * them all.
	 */
	awaits({ index, words, total }: Rows): boolean {
		const own = this.#rows;
		if (this.#first || index || words !== own.words || total !== own.total) return false;
		this.#look(Math.ceil(total / HEAD));
		return this.#first === null;
	}

	/**
	 * Groups in the order that rows meet them.
	 * @param first of each, its first row
	 * @param codes of each, its code
	 */
	meet(first: readonly number[], codes: readonly number[]): void {
		this.#first = first;
		for (const [group, code] of codes.entries()) this.#slots[code] = group + 1;
	}

	/** The text of `row`'s group. */
	write(scope: Scope): string {
		this.#met();
		return `(${scope.bind(this.#slots, 'slots')}[${this.codes.write(scope)}]-1)`;
	}

	#met(): readonly number[] {
		return this.#first ?? this.#look(this.#rows.total);
	}

	/** Meets the groups, but for those that are met after so many backing rows. */
	#look(most: number): readonly number[] {
		const first: number[] = [];
		const scope = new Scope();
		const slot = scope.bind(this.#slots, 'slots');
		const push = `(${slot}[c]=${scope.bind(first, 'first')}.push(row))`;
		const meet = `const c=${this.codes.write(scope)};if(${slot}[c]===0&&${push}===${this.codes.size})return true;`;
		const { total } = this.#rows;
		const loop = eachRow(
			this.#rows,
			scope,
			most < total ? `if(row>=${scope.bind(most, 'most')})return false;${meet}` : meet
		);
		const all = scope.run(`${loop}return ${most >= total};`) === true;
		if (all) this.#first = first;
		else this.#slots.fill(0);
		return first;
	}

	#listed(): Uint32Array {
		if (!this.#keys) {
			this.#keys = new Uint32Array(this.#rows.total);
			const scope = new Scope();
			const out = scope.bind(this.#keys, 'keys');
			scope.run(eachRow(this.#rows, scope, `${out}[row]=${this.write(scope)};`));
		}
		return this.#keys;
	}
}
