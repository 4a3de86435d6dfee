/** Names of names, past what the server can follow: each cell may then come from every file, as it is. */
import { expect, it } from 'vitest';
import { analyseCell } from '../analysis/cell.ts';
import { provenanceOf, type ProvenanceCell } from './provenance.ts';

const cell = (id: string, source: string): ProvenanceCell => {
	const { defines, inputs } = analyseCell(source, 'js');
	return { id, mode: 'js', source, defines, uses: inputs };
};
const many = (n: number, part: (i: number) => string): string =>
	Array.from({ length: n }, (_, i) => part(i + 1)).join('');
const HEAD = 'const a0 = FileAttachment("billets@1.arrow").arquero();';
const BARE = [{ file: 'billets@1.arrow', summarised: false, summarisedBefore: false }];

it('a chain of names longer than the stack', () => {
	const chain = cell('a', `${HEAD}${many(20_000, (i) => `const a${i} = a${i - 1};`)}`);
	const end = cell('b', 'a20000.rollup({n: d => op.count()})');
	expect(provenanceOf([chain, end]).reach.get('b')).toEqual(BARE);
	// A short one is followed to its end (positive control).
	const short = cell('a', `${HEAD}${many(20, (i) => `const a${i} = a${i - 1};`)}`);
	const [read] =
		provenanceOf([short, cell('b', 'a20.rollup({n: d => op.count()})')]).reach.get('b') ?? [];
	expect(read).toEqual({ file: 'billets@1.arrow', summarised: true, summarisedBefore: false });
});

it('many names, from many cells', () => {
	const names = many(2_000, (i) => `const a${i} = a0;`);
	const all = cell('a', `${HEAD}${names}const z = [${many(2_000, (i) => `a${i},`)}];`);
	const cells = Array.from({ length: 400 }, (_, i) => cell(`c${i}`, 'z.length'));
	const { reach } = provenanceOf([all, ...cells]);
	for (const { id } of cells) expect(reach.get(id)).toEqual(BARE);
});
