/** Finding what a name in a formula stands for, and the nearest known one where it stands for nothing. */
import { nearest } from '../../analysis/near.ts';
import { foldedText } from '../../folded-text.ts';
import type { Lang } from '../../notebook/notebook.ts';
import type { FormulaContext, FormulaFunction } from './formula-function.ts';
import { FORMULA_MACROS } from './formula-macro.ts';
import type { FormulaMacro } from './formula-macro.ts';
import { FORMULA_FORMS, foldedName, formOf } from './formula-words.ts';
import type { FormulaForm } from './formula-words.ts';

export type NamedFunction =
	/** Told apart by how many arguments they take: `arrondir(x)` and `arrondir(x; 2)`. */
	| { readonly kind: 'function'; readonly found: readonly FormulaFunction[] }
	| { readonly kind: 'form'; readonly form: FormulaForm }
	| { readonly kind: 'macro'; readonly macro: FormulaMacro };

/** The first of the functions of one name that takes so many arguments. */
export const ofCount = (
	found: readonly FormulaFunction[],
	count: number
): FormulaFunction | undefined =>
	found.find(({ least, most }) => count >= least && (most === null || count <= most));

const MACROS: ReadonlyMap<string, FormulaMacro> = new Map(
	FORMULA_MACROS.flatMap((macro) =>
		[...macro.names.fr, ...macro.names.en].map((name) => [foldedName(name), macro] as const)
	)
);

type FunctionsByName = ReadonlyMap<string, readonly FormulaFunction[]>;

/** A formula is read again at each key: the names of a catalogue are folded once. */
const known = new WeakMap<readonly FormulaFunction[], FunctionsByName>();
function functionsByName(functions: readonly FormulaFunction[]): FunctionsByName {
	const before = known.get(functions);
	if (before) return before;
	const byName = new Map<string, FormulaFunction[]>();
	for (const found of functions)
		for (const name of new Set([...found.names.fr, ...found.names.en, found.fn].map(foldedName))) {
			const same = byName.get(name);
			if (same) same.push(found);
			else byName.set(name, [found]);
		}
	known.set(functions, byName);
	return byName;
}

/** The names of one context, looked up as a person writes them. */
export class FormulaNames {
	readonly #context: FormulaContext;
	readonly #columns = new Map<string, number>();
	/** By folded name; -1 where several columns share it. */
	readonly #folded = new Map<string, number>();
	readonly #functions: FunctionsByName;

	constructor(context: FormulaContext) {
		this.#context = context;
		context.columns.forEach(({ name }, index) => {
			this.#columns.set(name, index);
			const folded = foldedText(name);
			this.#folded.set(folded, this.#folded.has(folded) ? -1 : index);
		});
		this.#functions = functionsByName(context.functions);
	}

	/** The column of that name; or the only one that differs by case, accents, dashes or spaces. */
	column(name: string): FormulaContext['columns'][number] | null {
		const index = this.#columns.get(name) ?? this.#folded.get(foldedText(name)) ?? -1;
		return this.#context.columns[index] ?? null;
	}

	param(name: string): FormulaContext['params'][number] | null {
		return this.#context.params.find((param) => param.name === name) ?? null;
	}

	function(name: string): NamedFunction | null {
		const form = formOf(name);
		if (form !== null) return { kind: 'form', form };
		const macro = MACROS.get(foldedName(name));
		if (macro) return { kind: 'macro', macro };
		const found = this.#functions.get(foldedName(name));
		return found ? { kind: 'function', found } : null;
	}

	/** Whether a name before so many arguments is read as this very function. */
	stands(name: string, count: number, of: FormulaFunction): boolean {
		const named = this.function(name);
		return named?.kind === 'function' && ofCount(named.found, count) === of;
	}

	nearColumn(name: string): string {
		return nearest(
			name,
			this.#context.columns.map((column) => column.name)
		);
	}
	nearParam(name: string): string {
		return nearest(
			name,
			this.#context.params.map((param) => param.name)
		);
	}
	/** In the formula's own language first. */
	nearFunction(name: string, lang: Lang): string {
		const other = lang === 'fr' ? 'en' : 'fr';
		const named = (of: Lang): string[] => [
			...Object.values(FORMULA_FORMS).flatMap(({ names }) => names[of]),
			...FORMULA_MACROS.flatMap(({ names }) => names[of]),
			...this.#context.functions.flatMap(({ names }) => names[of])
		];
		return nearest(name, named(lang)) || nearest(name, named(other));
	}
}
