/** How a loop finds a row's group by its codes, for groups whose list of keys was not made. */
import type { Scope } from './compiled.ts';

export type GroupWriter = (scope: Scope) => string;

const writers = new WeakMap<object, GroupWriter>();

export const writerOf = (groups: object): GroupWriter | null => writers.get(groups) ?? null;

export function rememberWriter(groups: object, write: GroupWriter): void {
	writers.set(groups, write);
}
