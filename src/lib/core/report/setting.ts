/** Where a control stands, without the options that were not chosen: their labels come from the data. */
import type { ControlDescription, ControlOption, ControlValue } from '../protocol/messages.ts';
import type { ControlSetting } from './report.ts';

/** null: the control has no setting to show (a button). */
export function settingOf(
	description: ControlDescription,
	given: ControlValue | undefined
): ControlSetting | null {
	const value = given === undefined ? description.value : given;
	switch (description.type) {
		case 'range':
		case 'number':
			return { type: 'number', value: typeof value === 'number' ? value : null };
		case 'select':
		case 'radio':
		case 'checkbox':
			return { type: 'choices', labels: chosen(description.options, value) };
		case 'toggle':
			return { type: 'toggle', on: value === true };
		case 'search':
		case 'text':
			return { type: 'text', text: typeof value === 'string' ? value : '' };
		case 'date':
			return { type: 'date', date: dateOf(value) };
		case 'date-range': {
			const [from, to] = Array.isArray(value) ? (value as readonly unknown[]) : [];
			return { type: 'dates', from: dateOf(from), to: dateOf(to) };
		}
		case 'button':
			return null;
	}
}

function chosen(options: readonly ControlOption[], value: unknown): string[] {
	const indices: readonly unknown[] = Array.isArray(value) ? value : [value];
	return indices.flatMap((index) => {
		const option = typeof index === 'number' ? options[index] : undefined;
		return option ? [option.label] : [];
	});
}

const dateOf = (value: unknown): string | null =>
	typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : null;
