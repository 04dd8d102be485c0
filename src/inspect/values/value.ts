/** Where a value stands in a request. */
export type Place =
  | "path"
  | "segment"
  | "query"
  | "query name"
  | "header"
  | "header name"
  | "cookie"
  | "cookie name"
  /** A whole body that has no fields, or whose text itself matters. */
  | "body"
  | "field"
  | "field name"
  | "file name"
  /** Text or attribute of an XML document. */
  | "xml";

/** One inspected value. `location` is how a person finds it: "query:q", "body.items[2].note". */
export interface Value {
  readonly place: Place;
  /** Parameter, header, cookie or field name; empty where there is none. */
  readonly name: string;
  readonly location: string;
  /** As sent. */
  readonly text: string;
  /** Percent escapes are part of the transport here: the server never sees the raw form. */
  readonly escaped: boolean;
}

/** Takes the values that the gate did not let pass. */
export interface Sink {
  take(value: Value): void;
  /** Whether more values may come: a bound on parameters, fields and nodes of one event. */
  more(): boolean;
  /** Something was left unread because it is too long, too deep or too many. */
  cut(): void;
}
