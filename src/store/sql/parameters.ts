/** Every value of a query goes to the store beside the SQL, never inside of it. */

export type ParameterType =
  | "String"
  | "Int64"
  | "UInt64"
  | "Float64"
  | "Bool"
  | "DateTime64(3, 'UTC')"
  | "Array(String)"
  | "Array(Int64)"
  | "Array(Float64)"
  | "IPv6";

export type ParameterValue = string | number | boolean | readonly string[] | readonly number[];

export class Parameters {
  readonly values: Record<string, ParameterValue> = {};
  readonly #placeholders = new Map<string, string>();

  /** @returns the placeholder that stands for the value in SQL */
  add(type: ParameterType, value: ParameterValue): string {
    const key = `${type} ${JSON.stringify(value)}`;
    const known = this.#placeholders.get(key);
    if (known !== undefined) return known;
    const name = `p${this.#placeholders.size + 1}`;
    const placeholder = `{${name}:${type}}`;
    this.#placeholders.set(key, placeholder);
    this.values[name] = value;
    return placeholder;
  }

  text(value: string): string {
    return this.add("String", value);
  }

  /** Whole numbers stay whole, so that the store compares them with its integer columns as they are. */
  number(value: number): string {
    return Number.isSafeInteger(value) ? this.add("Int64", value) : this.add("Float64", String(value));
  }

  /** @param milliseconds since the epoch */
  time(milliseconds: number): string {
    const text = new Date(milliseconds).toISOString().replace("T", " ").replace("Z", "");
    return this.add("DateTime64(3, 'UTC')", text);
  }
}
