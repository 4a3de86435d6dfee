/** The columns over rows that the form makes, and knows again. */
import type { Expression } from '$lib/core/pipeline/expression';
import type { Step } from '$lib/core/pipeline/step';
import { m } from '$lib/paraglide/messages';

export const WINDOW_WORDS: Readonly<Record<string, () => string>> = {
	running: m.steps_window_running,
	share: m.steps_window_share,
	rank: m.steps_window_rank,
	difference: m.steps_window_difference,
	change: m.steps_window_change
};

const CALLS: ReadonlyMap<string, string> = new Map([
	['share_of_total', 'share'],
	['difference', 'difference'],
	['percent_change', 'change']
]);

/** @returns the column that it reads, where it reads one; null for what the form does not make */
export function windowOf(value: Expression): { kind: string; of: string | null } | null {
	if (value.kind === 'call' && value.fn === 'rank' && value.args.length === 0)
		return { kind: 'rank', of: null };
	const running =
		value.kind === 'rolling' && value.from === null && value.to === 0 && !value.peers
			? value.of
			: null;
	const called = running ?? value;
	if (called.kind !== 'call') return null;
	const kind = running ? (called.fn === 'sum' ? 'running' : undefined) : CALLS.get(called.fn);
	const [of] = called.args;
	return kind && of?.kind === 'column' ? { kind, of: of.name } : null;
}

/** Whether the form can show all that the step says, as what was asked for; a change is a sort of difference. */
export function isWindow(step: Step, what: string): boolean {
	if (step.kind !== 'window' || step.columns.length !== 1) return false;
	const value = step.columns[0]?.value;
	const read = value ? windowOf(value) : null;
	const plain = [...step.order, ...step.within].every((key) => key.value.kind === 'column');
	if (!read || (read.kind === 'change' ? 'difference' : read.kind) !== what) return false;
	if (!plain || step.order.length > 1 || step.within.length > 1) return false;
	// A rank goes by the column that it is ordered by.
	return read.kind !== 'rank' || step.order.length === 1;
}
