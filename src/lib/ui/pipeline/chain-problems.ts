/** Why steps cannot run, each of them: also those behind the first that fails, which the worker never reaches. */
import {
	columnsAfter,
	type KnownColumn,
	type TableColumns
} from '$lib/core/pipeline/columns-after';
import { hasFewerProblems, stepProblems, type StepProblem } from '$lib/core/pipeline/step-problems';
import type { MadeColumn, PlacedStep, Step } from '$lib/core/pipeline/step';
import { swapColumn } from './swap-column';

export interface ToldProblem {
	readonly problem: StepProblem;
	/** Whether reading the nearest column instead puts it right. */
	readonly mends: boolean;
}

/** Once so many are told, steps further down are not looked at: each look compares names with all that there are. */
const MOST_OF_A_CHAIN = 100;

/** The groups that the rows are in after a step. */
function groupsAfter(step: Step, groups: readonly MadeColumn[]): readonly MadeColumn[] {
	if (step.kind === 'group') return step.by;
	return step.kind === 'ungroup' || step.kind === 'summarise' ? [] : groups;
}

function told(
	step: Step,
	columns: readonly KnownColumn[],
	tables: TableColumns | null
): readonly ToldProblem[] {
	const found = stepProblems(step, columns, tables);
	return found.map((problem) => {
		const { name, nearest } = problem;
		if (!nearest) return { problem, mends: false };
		const swapped = swapColumn(step, name, nearest);
		return { problem, mends: hasFewerProblems(swapped, columns, tables, found.length) };
	});
}

/**
 * For each step, what is wrong with it; nothing where the columns that it is given are not known.
 * @param columnsAt the columns after step `index` where it ran (-1: those that the chain begins with)
 */
export function chainProblems(
	steps: readonly PlacedStep[],
	columnsAt: (index: number) => readonly KnownColumn[] | null,
	tables: TableColumns | null
): readonly (readonly ToldProblem[])[] {
	let columns = columnsAt(-1);
	let groups: readonly MadeColumn[] = [];
	let count = 0;
	return steps.map(({ step, off }, index) => {
		if (off) return [];
		const problems = columns && count < MOST_OF_A_CHAIN ? told(step, columns, tables) : [];
		count += problems.length;
		columns =
			columnsAt(index) ?? (columns && columnsAfter(step, columns, tables ?? undefined, groups));
		groups = groupsAfter(step, groups);
		return problems;
	});
}
