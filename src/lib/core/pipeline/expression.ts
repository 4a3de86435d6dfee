/**
 * What a step computes, as plain data: the part of Arquero's expressions that the panel knows. It can be printed as
 * source, said in words and interpreted without eval; what is not in here stays code.
 */

export const BINARY_OPERATORS = [
	...(['+', '-', '*', '/', '%', '**'] as const),
	...(['===', '!==', '==', '!=', '<', '<=', '>', '>='] as const),
	...(['&&', '||', '??'] as const)
];
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

export type Expression =
	| { readonly kind: 'literal'; readonly value: string | number | boolean | null }
	/** A column of the table at hand. */
	| { readonly kind: 'column'; readonly name: string }
	/** A name of the notebook (a control's, mostly), handed in with `params`. */
	| { readonly kind: 'param'; readonly name: string }
	/** A function of the catalogue (`functions.ts`): one of Arquero's operations, or a composition that prints as several. */
	| { readonly kind: 'call'; readonly fn: string; readonly args: readonly Expression[] }
	| { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly of: Expression }
	| {
			readonly kind: 'binary';
			readonly operator: BinaryOperator;
			readonly left: Expression;
			readonly right: Expression;
	  }
	| {
			readonly kind: 'choice';
			readonly test: Expression;
			readonly then: Expression;
			readonly otherwise: Expression;
	  }
	/** One of the parts that `split` makes (0 is the first); undefined where there are fewer. */
	| { readonly kind: 'item'; readonly of: Expression; readonly at: number }
	| { readonly kind: 'list'; readonly items: readonly Expression[] }
	/** An object of values by text, as `recode` takes it. */
	| {
			readonly kind: 'pairs';
			readonly entries: readonly (readonly [key: string, value: Expression])[];
	  }
	| { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
	/**
	 * An aggregate over a frame of rows around each one: from `from` (0 or less) to `to` (0 or more), null without end.
	 * It stands at the top of a column's value only, where Arquero takes `aq.rolling`.
	 */
	| {
			readonly kind: 'rolling';
			readonly of: Expression;
			readonly from: number | null;
			readonly to: number | null;
			readonly peers: boolean;
	  };
