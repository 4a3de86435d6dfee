import { describe, expect, it } from 'vitest';
import {
	applyEdits,
	duplicateStep,
	insertStep,
	isCalls,
	moveStep,
	removeStep,
	replaceStep,
	setHead,
	setName,
	setStepOff
} from './edit-pipeline.ts';
import { binary, call, column, literal, param } from './make-expression.ts';
import { printOff, readOff } from './off-comment.ts';
import { parsePipeline } from './parse-pipeline.ts';
import type { Step, TextEdit } from './step.ts';

const edited = (source: string, edits: readonly TextEdit[]): string => {
	// They are in order, and none reaches into another.
	let end = 0;
	for (const { at, length } of edits) {
		expect(at).toBeGreaterThanOrEqual(end);
		end = at + length;
	}
	return applyEdits(source, edits);
};
const dear: Step = { kind: 'filter', where: binary(column('prix'), '>', literal(20)) };
const chosen: Step = { kind: 'filter', where: binary(column('prix'), '>', param('minimum')) };
const bySalle = [{ name: 'salle', value: column('salle') }];
const SOURCE = `const r = ventes // la table
  // les grands
  .filter(d => d.prix>10) // > 10
  .groupby('salle').rollup({ n: op.count(),
      total: d => (op.sum(d.prix)) /* ! */ })
  .orderby( aq.desc("total") );`;

describe('a step that is replaced', () => {
	it('leaves all other text as it is', () => {
		expect(edited(SOURCE, replaceStep(SOURCE, 0, dear))).toBe(
			SOURCE.replace('.filter(d => d.prix>10)', '.filter(d => d.prix > 20)')
		);
	});
	it('keeps the columns that stay the same', () => {
		const step: Step = {
			kind: 'summarise',
			by: bySalle,
			values: [
				{ name: 'n', value: call('count') },
				{ name: 'total', value: call('sum', column('prix')) },
				{ name: 'moyenne', value: call('mean', column('prix')) }
			]
		};
		expect(edited(SOURCE, replaceStep(SOURCE, 1, step))).toBe(
			SOURCE.replace('(op.sum(d.prix))', '(op.sum(d.prix)), moyenne: d => op.mean(d.prix)')
		);
	});
	it('keeps the calls that stay the same', () => {
		const step: Step = {
			kind: 'summarise',
			by: [],
			values: [
				{ name: 'n', value: call('count') },
				{ name: 'total', value: call('sum', column('prix')) }
			]
		};
		expect(edited(SOURCE, replaceStep(SOURCE, 1, step))).toBe(
			SOURCE.replace(".groupby('salle')", '')
		);
	});
	it('is handed the names that it reads, and no longer those that it does not', () => {
		const with_ = edited(SOURCE, replaceStep(SOURCE, 0, chosen));
		expect(with_).toContain(
			'  .params({minimum})\n  .filter((d, $) => d.prix > $.minimum) // > 10'
		);
		expect(edited(with_, replaceStep(with_, 0, dear))).toBe(
			edited(SOURCE, replaceStep(SOURCE, 0, dear))
		);
	});
	it('stays switched off', () => {
		const off = edited(SOURCE, setStepOff(SOURCE, 0, true));
		expect(off).toContain('/*off .filter(d => d.prix>10) */ // > 10');
		const other = edited(off, replaceStep(off, 0, dear));
		expect(other).toContain('/*off .filter(d => d.prix > 20) */ // > 10');
		expect(edited(other, setStepOff(other, 0, false))).toBe(
			edited(SOURCE, replaceStep(SOURCE, 0, dear))
		);
	});
	it('can be code, and code can be a step', () => {
		const code = edited(SOURCE, replaceStep(SOURCE, 0, { kind: 'code', text: '.unroll("nom")' }));
		expect(code).toBe(SOURCE.replace('.filter(d => d.prix>10)', '.unroll("nom")'));
		expect(edited(code, replaceStep(code, 0, dear))).toBe(
			edited(SOURCE, replaceStep(SOURCE, 0, dear))
		);
	});
	it('is not, by what is no call', () => {
		for (const text of [
			'',
			'filter()',
			'.a',
			'.a(',
			'.a(); b()',
			'.a() + 1',
			'.a() // b',
			'?.a()',
			'.a(), b'
		])
			expect(replaceStep(SOURCE, 0, { kind: 'code', text }), text).toEqual([]);
		expect(isCalls('.a().b()')).toBe(true);
	});
});

describe('steps that are put in, moved and taken out', () => {
	const kinds = (source: string): string =>
		parsePipeline(source)
			?.steps.map(({ step, off }) => step.kind + (off ? ' off' : ''))
			.join() ?? '';
	it('take their comments with them', () => {
		expect(edited(SOURCE, removeStep(SOURCE, 0))).toBe(
			SOURCE.replace('\n  // les grands\n  .filter(d => d.prix>10) // > 10', '')
		);
		const moved = edited(SOURCE, moveStep(SOURCE, 0, 2));
		expect(moved).toContain(
			'.orderby( aq.desc("total") )\n  // les grands\n  .filter(d => d.prix>10) // > 10\n  ;'
		);
		expect(kinds(moved)).toBe('summarise,sort,filter');
		expect(kinds(edited(SOURCE, moveStep(SOURCE, 2, 0)))).toBe('sort,filter,summarise');
	});
	it('stand as the others do', () => {
		const tabs = 'ventes\n\t\t.filter(d => d.prix)\n\t\t.slice(0, 3)';
		expect(edited(tabs, insertStep(tabs, 1, dear))).toBe(
			'ventes\n\t\t.filter(d => d.prix)\n\t\t.filter(d => d.prix > 20)\n\t\t.slice(0, 3)'
		);
		const inline = 'ventes.slice(0, 3)';
		expect(edited(inline, insertStep(inline, 0, dear))).toBe(
			'ventes.filter(d => d.prix > 20).slice(0, 3)'
		);
		expect(edited('ventes', insertStep('ventes', 0, dear))).toBe(
			'ventes\n  .filter(d => d.prix > 20)'
		);
		const crlf = 'ventes\r\n  .slice(0, 3)';
		expect(edited(crlf, insertStep(crlf, 1, dear))).toBe(`${crlf}\r\n  .filter(d => d.prix > 20)`);
	});
	it('wait for a file', () => {
		const file = 'const r = FileAttachment("a@1.arrow").arquero();';
		const one = edited(file, insertStep(file, 0, dear));
		expect(one).toBe(
			'const r = (await FileAttachment("a@1.arrow").arquero())\n  .filter(d => d.prix > 20);'
		);
		expect(
			edited(
				'await FileAttachment("a").arquero()',
				insertStep('await FileAttachment("a").arquero()', 0, dear)
			)
		).toBe('(await FileAttachment("a").arquero())\n  .filter(d => d.prix > 20)');
		const off = edited(one, setStepOff(one, 0, true));
		expect(parsePipeline(off)?.steps).toMatchObject([{ off: true, step: dear }]);
		expect(edited(off, setStepOff(off, 0, false))).toBe(one);
		expect(edited(one, setHead(one, { kind: 'table', name: 'ventes' }))).toBe(
			'const r = ventes\n  .filter(d => d.prix > 20);'
		);
		expect(edited('ventes', setHead('ventes', { kind: 'file', file: 'a"b' }))).toBe(
			'FileAttachment("a\\"b").arquero()'
		);
	});
	it('come twice without their comments', () => {
		expect(edited(SOURCE, duplicateStep(SOURCE, 0))).toBe(
			SOURCE.replace('// > 10', '// > 10\n  .filter(d => d.prix>10)')
		);
	});
	it('are none that are not there', () => {
		for (const at of [-1, 3, 0.5, NaN]) {
			expect(removeStep(SOURCE, at)).toEqual([]);
			expect(replaceStep(SOURCE, at, dear)).toEqual([]);
			expect(moveStep(SOURCE, at, 0)).toEqual([]);
			expect(moveStep(SOURCE, 0, at)).toEqual([]);
			expect(setStepOff(SOURCE, at, true)).toEqual([]);
			expect(duplicateStep(SOURCE, at)).toEqual([]);
		}
		expect(insertStep(SOURCE, 4, dear)).toEqual([]);
		expect(insertStep('1 + 1', 0, dear)).toEqual([]);
		expect(setStepOff(SOURCE, 0, false)).toEqual([]);
	});
});

describe('names', () => {
	it('are given, changed and taken away', () => {
		expect(edited('ventes.slice(0, 3)', setName('ventes.slice(0, 3)', 'r'))).toBe(
			'const r = ventes.slice(0, 3);'
		);
		expect(edited('ventes.slice(0, 3) // b', setName('ventes.slice(0, 3) // b', 'r'))).toBe(
			'const r = ventes.slice(0, 3); // b'
		);
		expect(edited(SOURCE, setName(SOURCE, 'été'))).toBe(SOURCE.replace('const r', 'const été'));
		expect(edited(SOURCE, setName(SOURCE, null))).toBe(
			SOURCE.replace('const r = ', '').replace(/;$/, '')
		);
		expect(
			edited('const r = (ventes.slice(0, 3));', setName('const r = (ventes.slice(0, 3));', null))
		).toBe('(ventes.slice(0, 3))');
	});
	it('are not what no name can be', () => {
		for (const name of ['', 'a b', 'class', '1a', 'a=1,b', 'a/*', 'a\n', '{a}']) {
			expect(setName(SOURCE, name), name).toEqual([]);
			expect(setHead(SOURCE, { kind: 'table', name }), name).toEqual([]);
		}
	});
});

describe('a switched-off text', () => {
	for (const text of [
		'.a()',
		'.a(/b*/)',
		'.a(/b*\\/)',
		'.a("*\\\\/") /* x */ .b()',
		'.a(`**/*\\/*\\\\/`)'
	])
		it(`comes back: ${text}`, () => {
			const comment = printOff(text);
			expect(comment.indexOf('*/')).toBe(comment.length - 2);
			expect(readOff(comment)).toBe(text);
		});
	it('is no other comment', () => {
		for (const comment of [
			'/* off .a() */',
			'/*off*/',
			'/*off a() */',
			'/*offer .a() */',
			'// off .a()'
		])
			expect(readOff(comment)).toBeNull();
	});
});
