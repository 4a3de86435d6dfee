/** What is wrong with a formula, where, and what would probably mend it. */

/** Each is the message `formula_problem_<code>`. */
export const FORMULA_PROBLEMS = [
	'empty',
	'too_long', // max
	'too_deep',
	'unclosed_text',
	'unclosed_name',
	'unclosed_paren', // name: `(` or `{`
	'extra_paren', // name
	'character', // name
	'number', // name
	'missing_value', // name: what stands there, '' at the end
	'missing_operator', // name: what stands there
	'unknown_column', // name, suggestion ('' when none is near)
	'spaced_column', // name: a column whose name wants brackets
	'unknown_param', // name, suggestion
	'unknown_function', // name, suggestion
	'not_called', // name: a function without its parentheses
	'argument_count', // name, given, least, most ('' without limit)
	'argument_type', // name, text: what is given; wanted: number or date
	'constant_argument', // name: what must be a number or a text, and no column
	'decimal_comma', // name: `1,5` where a point is wanted
	'comma_separator', // `;` is wanted
	'chained', // 1 < x < 5
	'text_arithmetic', // name: the operator; text: what is a text
	'text_added', // text
	'date_arithmetic', // name
	'date_difference',
	'date_and_text', // text
	'text_and_number', // text, number: what is compared
	'pattern' // name
] as const;
export type FormulaProblemCode = (typeof FORMULA_PROBLEMS)[number];

export interface FormulaProblem {
	readonly code: FormulaProblemCode;
	readonly details: Readonly<Record<string, string | number>>;
	/** Where, in the formula's text. */
	readonly at: number;
	readonly length: number;
	/** What to write there instead, where there is one probable mend. */
	readonly mend: string | null;
}
