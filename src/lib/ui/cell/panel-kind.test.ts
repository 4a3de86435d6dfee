import { expect, test } from 'vitest';
import { kindOf } from '$lib/core/analysis/kind-of';
import { applyEdits, setStepOff } from '$lib/core/pipeline/edit-pipeline';
import { parsePipeline } from '$lib/core/pipeline/parse-pipeline';
import { panelKind } from './panel-kind';

test.each(['ventes.filter(d => d.a > 1)', 'const b = ventes\n\t.orderby("a")\n\t.slice(0, 2)'])(
	'a cell whose steps are all switched off keeps the panel that lists them: %s',
	(source) => {
		let off = source;
		for (const [index] of (parsePipeline(source)?.steps ?? []).entries())
			off = applyEdits(off, setStepOff(off, index, true));
		expect(parsePipeline(off)?.steps.every((step) => step.off)).toBe(true);
		expect(kindOf(off, 'js')).not.toBe('transform');
		expect(panelKind(kindOf(source, 'js'), source)).toBe('transform');
		expect(panelKind(kindOf(off, 'js'), off)).toBe('transform');
	}
);

test('other comments, and what holds none, open no panel', () => {
	expect(panelKind('code', 'ventes /* .filter(d => d.a > 1) */')).toBeNull();
	expect(panelKind('code', 'ventes')).toBeNull();
	expect(panelKind('text', 'Write `/*off .filter(…) */` in the code.')).toBeNull();
	expect(panelKind('chart', 'Plot.plot({}) /*off .filter(d => d.a) */')).toBe('chart');
});

test.each(['const b = ventes;', 'let b=ventes', ' const été = ventes ;\n'])(
	'a cell whose steps were all removed keeps its panel: %s',
	(source) => expect(panelKind(kindOf(source, 'js'), source)).toBe('transform')
);
test.each([
	'const b = 2;',
	'const b = ventes.size;',
	'const b = ventes, c = b;',
	'const b = f(x);'
])('a value is no table under another name: %s', (source) =>
	expect(panelKind(kindOf(source, 'js'), source)).toBeNull()
);
