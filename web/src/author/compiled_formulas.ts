// Every formula of a draft, compiled in the browser. temml is fetched when the first formula is met.
import type { FieldProblem, Formula } from "../protocol";
import { path_of } from "./problems";

export interface CompiledFormulas {
  formulas: Formula[];
  problems: FieldProblem[];
}

export async function compile_formulas(document: unknown): Promise<CompiledFormulas> {
  const { compile_formula, formulas_of } = await import("../formulas/formula.js");
  const compiled: CompiledFormulas = { formulas: [], problems: [] };
  for (const tex of formulas_of(document)) {
    try {
      compiled.formulas.push({ tex, mathml: compile_formula(tex) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      compiled.problems.push({ field: path_of(document, `$${tex}$`), message });
    }
  }
  return compiled;
}
