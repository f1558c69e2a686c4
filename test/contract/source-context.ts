import type { ConnectorDefinition } from '../../src/connectors/contract.ts';
import type { Fault, FaultRule, RandomFaults } from '../../src/demo/faults.ts';
import type { BuildResult } from '../../src/pipeline/report.ts';
import type { RecordedRun } from '../harness/events.ts';

/** Settings of a source, as its configuration has them. */
export type Settings = Readonly<Record<string, unknown>>;

export interface SourceBuild {
  readonly full?: boolean;
  readonly dryRun?: boolean;
  readonly confirmDeletes?: readonly string[];
  /** Configuration that differs for this build alone. */
  readonly config?: Settings;
}

/** A fault that any service can have. */
export type ServiceFault = Exclude<Fault, { readonly kind: 'edit' }>;

export interface SentRequest {
  /** Path and query. */
  readonly url: string;
  /** Whether it asked for the text of documents. */
  readonly isBody: boolean;
}

/** A source that is configured to read something, and a repository in a temporary folder. */
export interface AnySource extends AsyncDisposable {
  readonly path: string;
  /** Everything that was logged. */
  readonly lines: readonly string[];
  build(choices?: SourceBuild): Promise<BuildResult>;
  /** Reads the source without a repository. */
  record(before?: RecordedRun): Promise<RecordedRun>;
  documents(): Map<string, string>;
  files(): Map<string, string>;
  /** The documents of a build from nothing, in another repository. */
  fresh(choices?: SourceBuild): Promise<Map<string, string>>;
  git(...args: string[]): string;
  /** Changes one document's text. The id. */
  edit(): string | Promise<string>;
  /** Gives one document, and it alone, another title. The id. Absent where it would be another document. */
  rename?(): string | Promise<string>;
  /** Takes one document away for good. The id. */
  remove(): string | Promise<string>;
}

/** A source that reads a simulated service. */
export interface SourceContext extends AnySource {
  /** What builds waited for, in milliseconds. */
  readonly waits: readonly number[];
  readonly faults: {
    add(rule: Omit<FaultRule, 'fault'> & { readonly fault: ServiceFault }): void;
    clear(): void;
    readonly given: readonly unknown[];
  };
  /** Requests fail by chance, until the faults are cleared. */
  trouble(choices: Omit<RandomFaults, 'faults'> & { readonly faults: readonly ServiceFault[] }): void;
  /** In the order of arrival. */
  readonly requests: readonly SentRequest[];
  /** Every form in which the token travels. */
  readonly secrets: readonly string[];
  edit(): string;
  rename(): string;
  remove(): string;
  /** Something that can happen to documents; the number chooses what, and to which. */
  happen(nth: number): void;
}

export interface SourceContextOptions {
  /** The most items of a page of any listing. Default: 3. */
  readonly pageLimit?: number;
  readonly config?: Settings;
}

/** What a connector brings to the suite of any source. */
export interface SourceFixture {
  /** Also the source's id. */
  readonly type: string;
  readonly definition: Pick<ConnectorDefinition<never>, 'model'>;
  start(): Promise<AnySource>;
  /** Whether listings bring texts along, so that what is listed again is told again. */
  readonly listsTexts?: boolean;
  /** Whether nothing but its name tells a document from others, so that there is no `rename`. */
  readonly identifiesByName?: boolean;
}

/** What a connector of a service brings to the suites. */
export interface ConnectorFixture extends SourceFixture {
  start(options?: SourceContextOptions): Promise<SourceContext>;
  /** The requests from whose answers an absence could be concluded, by name. */
  readonly listings: Readonly<Record<string, RegExp>>;
  /** The name of the one without which no document is found. */
  readonly mainListing: string;
  /** Requests for texts. */
  readonly bodies: RegExp;
}
