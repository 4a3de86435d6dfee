/** Where a control stands, as what its source would begin with: a choice is kept only where the source says it. */
import type { ControlDescription } from '../protocol/messages.ts';
import type { ControlConstant, ControlSpec } from './control-spec.ts';

type Start = ControlSpec['value'];

const ABSENT = { start: undefined } as const;

/**
 * What the source of a control must begin with for it to stand where it stands now; undefined where it begins there
 * already, or where that cannot be said: an option is told by its words, and only those written in the source are
 * known to be the value itself.
 */
export function startToKeep(spec: ControlSpec, description: ControlDescription): Start | undefined {
	const { start, initial } = standing(spec, description);
	if (start === undefined || same(start, spec.value ?? initial)) return undefined;
	return start;
}

const same = (a: Start, b: Start): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Where it stands, and where it would begin with a source that says nothing of it. */
function standing(
	spec: ControlSpec,
	description: ControlDescription
):
	| { readonly start: Start | undefined; readonly initial: Start }
	| { start: undefined; initial?: undefined } {
	switch (description.type) {
		case 'range':
			return spec.kind === 'range'
				? { start: description.value, initial: (description.min + description.max) / 2 }
				: ABSENT;
		case 'number':
			return spec.kind === 'number' ? { start: description.value, initial: null } : ABSENT;
		case 'text':
			return spec.kind === 'text' ? { start: description.value, initial: '' } : ABSENT;
		case 'toggle':
			return spec.kind === 'toggle' ? { start: description.value, initial: false } : ABSENT;
		case 'date':
			return spec.kind === 'date' ? { start: description.value, initial: null } : ABSENT;
		case 'date-range':
			return spec.kind === 'date-range'
				? { start: description.value, initial: [null, null] }
				: ABSENT;
		case 'select':
		case 'checkbox':
			return chosen(spec, description);
		default:
			return ABSENT;
	}
}

function chosen(
	spec: ControlSpec,
	description: Extract<ControlDescription, { type: 'select' | 'checkbox' }>
): ReturnType<typeof standing> {
	const several = description.type === 'checkbox' || description.multiple;
	const fits = several
		? spec.kind === 'checkbox' || spec.kind === 'multiselect'
		: spec.kind === 'select';
	if (!fits || spec.source?.kind !== 'values') return ABSENT;
	const { values } = spec.source;
	const byWords = new Map<string, ControlConstant>();
	for (const value of values) {
		// Two values of the same words: which one was chosen cannot be told.
		if (byWords.has(String(value))) return ABSENT;
		byWords.set(String(value), value);
	}
	const indices: readonly number[] = Array.isArray(description.value)
		? (description.value as readonly number[])
		: typeof description.value === 'number'
			? [description.value]
			: [];
	const found = indices.map((index) => byWords.get(description.options[index]?.label ?? ''));
	const known = found.filter((value) => value !== undefined);
	if (known.length < found.length) return ABSENT;
	const [first] = known;
	return several
		? { start: known, initial: [] }
		: { start: first ?? null, initial: values[0] ?? null };
}
