/**
 * Loops made for what they are run on. A loop shared by arrays of several classes is compiled by the engine for none
 * of them; one function for each text, whose arguments' classes are in their names, is compiled for one each, and is
 * there when the same verb runs again. Texts come from Arquero's own code generator, of expressions that its parser let
 * through (no name but columns, parameters and its functions), and from this folder; the sandbox's policy allows
 * this, and nothing outside of the sandbox imports this folder.
 */

/** Taken before any cell runs. */
const make = globalThis.Function;
const { clz32 } = Math;
const MakeDate = globalThis.Date;

type Loop = (...args: unknown[]) => unknown;

/** Many notebooks' worth; the oldest goes first, so that a worker that runs for days stays as it is. */
const MOST = 400;
const made = new Map<string, Loop>();

/** Texts and the values that they name. */
export class Scope {
	readonly #names: string[] = [];
	readonly #values: unknown[] = [];
	readonly #known = new Map<unknown, string>();

	/** A name for the value, which begins with what tells its class. */
	bind(value: unknown, sort: string): string {
		let name = this.#known.get(value);
		if (name === undefined) {
			name = `_${sort}${this.#names.length}`;
			this.#known.set(value, name);
			this.#names.push(name);
			this.#values.push(value);
		}
		return name;
	}

	/** An array's name says its class. */
	array(values: ArrayLike<unknown>, sort = 'a'): string {
		return this.bind(values, ARRAY_SORTS.get(Object.prototype.toString.call(values)) ?? sort);
	}

	get clz(): string {
		return this.bind(clz32, 'clz');
	}
	get date(): string {
		return this.bind(MakeDate, 'date');
	}

	/** Runs the body, a function's, with what was bound. */
	run(body: string): unknown {
		const key = `${this.#names.join()}:${body}`;
		let loop = made.get(key);
		if (!loop) {
			loop = make(...this.#names, `"use strict";${body}`) as Loop;
			if (made.size >= MOST)
				for (const oldest of made.keys()) {
					made.delete(oldest);
					break;
				}
			made.set(key, loop);
		}
		return loop(...this.#values);
	}
}

const ARRAY_SORTS = new Map(
	['Float64', 'Float32', 'Int32', 'Uint32', 'Int16', 'Uint16', 'Int8', 'Uint8'].map((name) => [
		`[object ${name}Array]`,
		name.replace('Float', 'f').replace('Uint', 'u').replace('Int', 'i') + '_'
	])
);
