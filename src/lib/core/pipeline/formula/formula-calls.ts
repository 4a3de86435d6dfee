/** Calls of a formula that are no function of the catalogue: `si`, `et`, lists that are joined, frames of rows. */
import type { FormulaFunction } from './formula-function.ts';
import type { FormulaOperators } from './formula-operators.ts';
import {
	both,
	joinedItems,
	joinOf,
	partOf,
	type FormulaNotes,
	type Part,
	type Place
} from './formula-part.ts';
import type { FormulaForm } from './formula-words.ts';

export class FormulaCalls {
	readonly #notes: FormulaNotes;
	readonly #operators: FormulaOperators;

	constructor(notes: FormulaNotes, operators: FormulaOperators) {
		this.#notes = notes;
		this.#operators = operators;
	}

	/** Tells which arguments are of a type that the function does not take. */
	checkArguments(name: string, fn: FormulaFunction, parts: readonly Part[]): void {
		parts.forEach((part, place) => {
			const wanted = fn.takes[Math.min(place, fn.takes.length - 1)];
			const wrong =
				(wanted === 'number' && part.type === 'text') ||
				(wanted === 'date' && (part.type === 'text' || part.type === 'number'));
			if (wrong)
				this.#notes.tell('argument_type', part, { name, text: this.#notes.written(part), wanted });
		});
	}

	/** @param token where its name stands */
	form(form: FormulaForm, parts: readonly Part[], token: Place, place: Place): Part {
		const [first, second, third, fourth] = parts;
		if (!first) return partOf({ kind: 'literal', value: null }, 'any', place);
		const chain = (sign: string): Part => ({
			...parts.reduce((left, right) => this.#operators.combined(sign, left, right, token)),
			...place
		});
		switch (form) {
			case 'if':
				return this.#choice([...parts], place);
			case 'ifs':
				return this.#choice([...parts], place);
			case 'and':
			case 'or':
				return chain(form);
			case 'mod':
				return chain('%');
			case 'power':
				return chain('^');
			case 'not':
				return partOf({ kind: 'unary', operator: '!', of: first.expression }, 'boolean', place);
			case 'join': {
				const items = parts.flatMap(({ expression }) => joinedItems(expression));
				return partOf(joinOf(items), 'text', place);
			}
			case 'item': {
				const at = second?.expression.kind === 'literal' ? Number(second.expression.value) : NaN;
				if (second && !(Number.isInteger(at) && at >= 1))
					this.#notes.tell('constant_argument', second, { name: this.#notes.written(token) });
				// A control's parts may be days.
				const type = first.expression.kind === 'param' ? 'any' : 'text';
				return partOf({ kind: 'item', of: first.expression, at: at - 1 }, type, place);
			}
			case 'rolling': {
				const frame = (part: Part | undefined): number | null | undefined =>
					part?.expression.kind === 'literal' &&
					(part.expression.value === null || typeof part.expression.value === 'number')
						? part.expression.value
						: undefined;
				const [from, to] = [frame(second), frame(third)];
				for (const [part, value] of [
					[second, from],
					[third, to]
				] as const)
					if (part && value === undefined)
						this.#notes.tell('constant_argument', part, { name: this.#notes.written(token) });
				const peers = fourth?.expression.kind === 'literal' && fourth.expression.value === true;
				return partOf(
					{ kind: 'rolling', of: first.expression, from: from ?? null, to: to ?? null, peers },
					first.type,
					place
				);
			}
		}
	}

	/** `si(a; x; b; y; z)`: a test and its value, again and again; the last one is for everything else. */
	#choice(parts: readonly Part[], place: Place): Part {
		const [test, then, ...rest] = parts;
		if (!test || !then) return test ?? partOf({ kind: 'literal', value: null }, 'any', place);
		const otherwise =
			rest.length > 0
				? this.#choice(rest, place)
				: partOf({ kind: 'literal', value: null }, 'any', place);
		return partOf(
			{
				kind: 'choice',
				test: test.expression,
				then: then.expression,
				otherwise: otherwise.expression
			},
			rest.length > 0 ? both(then.type, otherwise.type) : then.type,
			place
		);
	}
}
