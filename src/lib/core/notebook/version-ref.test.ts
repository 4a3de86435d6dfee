import { expect, it } from 'vitest';
import {
	compareAddress,
	parseVersionRef,
	printVersionRef,
	type VersionRef
} from './version-ref.ts';

const ID = 'w28qv9tcfy90mt8nrd8g9rgthk';
const REFS: readonly VersionRef[] = [
	{ notebook: null, kind: 'present' },
	{ notebook: ID, kind: 'present' },
	{ notebook: null, kind: 'origin' },
	{ notebook: null, kind: 'kept', id: ID },
	{ notebook: ID, kind: 'frozen', number: 12 }
];

it('reads what it prints', () => {
	for (const ref of REFS) expect(parseVersionRef(printVersionRef(ref))).toEqual(ref);
	expect(
		compareAddress(ID, { notebook: null, kind: 'origin' }, { notebook: null, kind: 'present' })
	).toBe(`/carnets/${ID}/comparer?de=origine&a=present`);
});

it('reads nothing else', () => {
	for (const text of [
		'',
		'v.',
		`v.${ID}x`,
		'n.0',
		'n.1e9',
		'n.9999999999',
		`${ID}:`,
		'x:present',
		' present'
	])
		expect(parseVersionRef(text), text).toBeNull();
});
