/** The steps of a lineage that are told. */
import type { LineageStep } from '$lib/core/governance/terms';

/** Verbs that change neither rows nor values: nothing to tell. */
const SILENT: ReadonlySet<string> = new Set(['params', 'reify', 'ungroup', 'unorder']);

/** The steps that did something to the data. */
export const toldSteps = (steps: readonly LineageStep[]): readonly LineageStep[] =>
	steps.filter(({ verb }) => !SILENT.has(verb));
