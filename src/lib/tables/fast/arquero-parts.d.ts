/** Parts of Arquero 8.0.3 that its index does not export: it has no `exports` map, and is pinned. */
declare module 'arquero/src/expression/parse.js' {
	export function parse(
		input: unknown,
		options: object
	): { names: string[]; exprs: unknown[]; ops?: unknown[] };
}
declare module 'arquero/src/expression/codegen.js' {
	export function codegen(node: object, options?: { index: string; op?: string }): string;
}
declare module 'arquero/src/expression/compile.js' {
	type Compiled = (...args: unknown[]) => unknown;
	export const compile: {
		readonly expr: (code: string, params: object) => Compiled;
		readonly expr2: (code: string, params: object) => Compiled;
		readonly join: (code: string, params: object) => Compiled;
		readonly param: (code: string, params: object) => unknown;
	};
}
declare module 'arquero/src/op/index.js' {
	export const functions: Readonly<Record<string, (...args: never[]) => unknown>>;
	export function hasWindow(name: string): boolean;
	export function hasAggregate(name: string): boolean;
}
declare module 'arquero/src/util/key-function.js' {
	/** Values that are one key have one of these. */
	export function key(value: unknown): unknown;
}
declare module 'arquero/src/verbs/reduce/util.js' {
	export function aggregate(
		table: object,
		ops: readonly object[],
		results?: unknown[][]
	): unknown[][];
}
declare module 'arquero/src/verbs/util/parse.js' {
	export function parseValue(
		name: string,
		table: object,
		params: unknown,
		options?: object
	): unknown;
}
declare module 'arquero/src/verbs/util/join-keys.js' {
	export function inferKeys(left: object, right: object, on: unknown): unknown;
}
declare module 'arquero/src/op/op-api.js' {
	export function any(field: string): { toString(): string };
}
declare module 'arquero/src/helpers/selection.js' {
	export function all(): unknown;
	export function not(...selection: unknown[]): unknown;
}
declare module 'arquero/src/helpers/field.js' {
	export function field(expr: unknown, name?: string, table?: number): object;
}
