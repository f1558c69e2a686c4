/** A language whose syntax trees we read. */
export interface Language {
  /** Its grammar in `@vscode/tree-sitter-wasm`. */
  readonly grammar: string;
  /**
   * What it defines, as a query of tree-sitter: `@definition` with its `@name`, and where that is not within it, its `@owner`. A
   * `@scope` is part of the names of what it holds, and no definition itself.
   */
  readonly definitions: string;
}

/** Each of these types of node defines what its field `name` says. */
const named = (...types: readonly string[]): string =>
  types.map((type) => `(${type} name: (_) @name) @definition`).join('\n');

const FUNCTION_VALUES = '[(arrow_function) (function_expression) (generator_function) (class)]';
const SCRIPT = `
  ${named('function_declaration', 'generator_function_declaration', 'class_declaration', 'method_definition')}
  (variable_declarator name: (identifier) @name value: ${FUNCTION_VALUES}) @definition
  (program (lexical_declaration (variable_declarator name: (identifier) @name) @definition))
  (program (export_statement (lexical_declaration (variable_declarator name: (identifier) @name) @definition)))
  (program (expression_statement
    (assignment_expression left: (member_expression) @name right: ${FUNCTION_VALUES}) @definition))`;
const JAVASCRIPT: Language = {
  grammar: 'javascript',
  definitions: `${SCRIPT}
    (field_definition property: (_) @name value: ${FUNCTION_VALUES}) @definition`,
};
const TYPED_SCRIPT = `${SCRIPT}
  ${named('abstract_class_declaration', 'interface_declaration', 'type_alias_declaration', 'enum_declaration')}
  ${named('function_signature', 'method_signature', 'abstract_method_signature', 'internal_module', 'module')}
  (public_field_definition name: (_) @name value: ${FUNCTION_VALUES}) @definition`;
const TYPESCRIPT: Language = { grammar: 'typescript', definitions: TYPED_SCRIPT };
const TSX: Language = { grammar: 'tsx', definitions: TYPED_SCRIPT };

const PYTHON: Language = {
  grammar: 'python',
  definitions: `
    ${named('function_definition', 'class_definition')}
    (module (expression_statement (assignment left: (identifier) @name) @definition))`,
};

const GO: Language = {
  grammar: 'go',
  definitions: `
    ${named('function_declaration', 'type_spec', 'type_alias')}
    (method_declaration
      receiver: (parameter_list (parameter_declaration type: [
        (type_identifier) @owner
        (pointer_type (type_identifier) @owner)
        (generic_type type: (type_identifier) @owner)
        (pointer_type (generic_type type: (type_identifier) @owner))]))
      name: (_) @name) @definition
    (source_file (const_declaration (const_spec name: (identifier) @name) @definition))
    (source_file (var_declaration (var_spec name: (identifier) @name) @definition))
    (source_file (var_declaration (var_spec_list (var_spec name: (identifier) @name) @definition)))`,
};

const JAVA: Language = {
  grammar: 'java',
  definitions: named(
    'class_declaration',
    'interface_declaration',
    'enum_declaration',
    'record_declaration',
    'annotation_type_declaration',
    'method_declaration',
    'constructor_declaration',
  ),
};

const C_SHARP: Language = {
  grammar: 'c-sharp',
  definitions: named(
    'namespace_declaration',
    'class_declaration',
    'interface_declaration',
    'struct_declaration',
    'enum_declaration',
    'record_declaration',
    'delegate_declaration',
    'method_declaration',
    'constructor_declaration',
    'property_declaration',
    'local_function_statement',
  ),
};

/** C as well. */
const CPP: Language = {
  grammar: 'cpp',
  definitions: `
    ${named('namespace_definition', 'alias_declaration', 'concept_definition', 'preproc_function_def')}
    ${['class', 'struct', 'union', 'enum']
      .map((kind) => `(${kind}_specifier name: (_) @name body: (_)) @definition`)
      .join('\n')}
    (type_definition declarator: (type_identifier) @name) @definition
    (function_definition declarator: [
      (function_declarator declarator: (_) @name)
      (pointer_declarator declarator: (function_declarator declarator: (_) @name))
      (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: (_) @name)))
      (reference_declarator (function_declarator declarator: (_) @name))]) @definition`,
};

const RUST: Language = {
  grammar: 'rust',
  definitions: `
    ${named('function_item', 'function_signature_item', 'struct_item', 'enum_item', 'union_item', 'trait_item')}
    ${named('mod_item', 'type_item', 'macro_definition')}
    (source_file [(const_item name: (_) @name) (static_item name: (_) @name)] @definition)
    (impl_item type: (_) @name) @scope`,
};

const RUBY: Language = {
  grammar: 'ruby',
  definitions: `
    ${named('method', 'singleton_method', 'class', 'module')}
    (program (assignment left: (constant) @name) @definition)`,
};

const PHP: Language = {
  grammar: 'php',
  definitions: named(
    'function_definition',
    'class_declaration',
    'interface_declaration',
    'trait_declaration',
    'enum_declaration',
    'method_declaration',
  ),
};

const BASH: Language = { grammar: 'bash', definitions: named('function_definition') };

const POWERSHELL: Language = {
  grammar: 'powershell',
  definitions: `
    (function_statement (function_name) @name) @definition
    (class_statement . (simple_name) @name) @definition
    (class_method_definition (simple_name) @name) @definition`,
};

const LANGUAGES: readonly (readonly [language: Language, names: string])[] = [
  [TYPESCRIPT, '.ts .mts .cts'],
  [TSX, '.tsx'],
  [JAVASCRIPT, '.js .mjs .cjs .jsx'],
  [PYTHON, '.py .pyi'],
  [GO, '.go'],
  [JAVA, '.java'],
  [C_SHARP, '.cs'],
  [CPP, '.c .h .cc .cpp .cxx .hh .hpp .hxx .ino'],
  [RUST, '.rs'],
  [RUBY, '.rb .rake .gemspec rakefile gemfile'],
  [PHP, '.php'],
  [BASH, '.sh .bash'],
  [POWERSHELL, '.ps1 .psm1'],
];

const BY_NAME: ReadonlyMap<string, Language> = new Map(
  LANGUAGES.flatMap(([language, names]) => names.split(' ').map((name) => [name, language] as const)),
);

/** The language of a file by its name; undefined if we have no grammar for it. */
export function languageOf(path: string): Language | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  return BY_NAME.get(dot > 0 ? name.slice(dot) : name);
}
