/** The Common Log Format of NCSA httpd, still Apache's, Tomcat's, Jetty's and Fastly's default. */
import { apacheFormat } from "./template/template-format.ts";

export const common = apacheFormat(
  {
    id: "common",
    title: "common log format (Apache, Tomcat, Jetty, Fastly, morgan)",
    aliases: ["clf-common", "apache-common", "tomcat-common", "jetty", "morgan-common", "fastly-text"],
    advice: {
      "user_agent.original": 'Apache: use the "combined" LogFormat; Tomcat: pattern="combined"',
      duration_ms: "append %D to LogFormat",
    },
  },
  '%h %l %u %t "%r" %>s %b',
);
