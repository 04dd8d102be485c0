/**
 * Names under which programs log each field, best first. A name is the last segment of a path, or the last two
 * joined with a dot; letters and digits only, lower case.
 */
import type { MappedField } from "../../format.ts";

export const FIELD_NAMES: Readonly<Partial<Record<MappedField, string>>> = {
  "http.request.method":
    "request.method req.method http.method requestmethod httpmethod httprequestmethod reqmethod csmethod method verb httpverb",
  "http.response.status_code":
    "response.status response.statuscode res.status res.statuscode resp.status statuscode httpstatuscode httpstatus responsestatus responsestatuscode responsecode httpresponsecode httpcode respstatus resstatus status.code status rspstatus code sc",
  "url.path":
    "originalurl requesturi requesturl request.uri request.url req.originalurl req.url http.url http.target http.path url.full url.original url.path request.path req.path requestpath httppath httpurl urlpath reqpath requri rawpath fullurl requesttarget uripath uri url path target endpoint request requestline httprequest rawurl csuristem req",
  "url.query":
    "querystring rawquery rawquerystring request.query req.query url.query query args queryparams reqquery",
  "client.address":
    "clientip clientaddress client.ip client.address clientaddr remoteip remoteaddress remoteaddr remote.address remote.ip remote.addr httpclientip realip xrealip sourceip source.ip source.address srcip clienthost remotehost userip useripaddress user.ip visitorip callerip callipaddress cliip ipaddress ipaddr ipaddress net.peer.ip network.client.ip req.ip request.ip req.remoteaddress request.remoteaddress request.remoteip cip client ip origin remote fwd peer peeraddr addr idorigh origh",
  "http.request.headers.x-forwarded-for":
    "xforwardedfor httpxforwardedfor xff forwardedfor headers.xforwardedfor",
  timestamp:
    "timestamp eventtime datetime starttime requesttime timelocal timeiso8601 time ts t date asctime startedat requesttimestamp logtime createdat loggedat created msec start utctime receivedat reqtimesec edgestarttimestamp epoch when at",
  duration_ms:
    "durationms responsetimems latencyms elapsedms elapsedmilliseconds tookms responsetime elapsedtime requestduration requesttime processingtime processtime durationns durationus duration latency elapsed took timetaken timetakenms totaltime dur rt reqtime runtime resptime turnaroundtimemsec ms latencyhuman latencyseconds requesttimeseconds durationseconds requestprocessingtime resptime http.duration time",
  "user_agent.original":
    "useragent httpuseragent headers.useragent user.agent ua requestuseragent requseragent browser agent useragentoriginal",
  "user.id":
    "userid user.id user.userid auth.userid auth.sub claims.sub jwt.sub ctx.userid ctx.uid uid user.uid username user.username user.name user.email user.login useremail remoteuser authuser authenticateduser usr.id account.id accountid customerid customer.id user sub subject principal principalid login account actor actor.id identity email currentuser loginname member memberid",
  "server.address":
    "httphost vhost virtualhost hostheader request.host req.host headers.host http.host requesthost reqhost host servername authority http.hostname domain domainname server.name xforwardedhost http.servername sitename fqdn",
  "url.scheme":
    "scheme urlscheme request.scheme http.scheme requestscheme xforwardedproto forwardedproto proto protocol",
  "network.protocol.version":
    "httpversion protocolversion serverprotocol requestprotocol request.proto http.version http.flavor proto protocol version reqprotocol",
  "http.response.body.size":
    "response.size response.bytes res.contentlength response.contentlength responsesize responselength responsebytes bodybytessent bytessent bytesout responsebodysize respsize ressize sentbytes bodybytes bytes size length contentlength responsecontentlength outbytes totalbytes rspcontentlen byteswritten responsebodylen http.length",
  "http.request.body.size":
    "request.size request.bytes req.contentlength request.contentlength requestsize requestlength requestbytes bytesreceived bytesin bytesread requestbodysize reqsize receivedbytes inbytes requestcontentlength reqbytes requestbodylen",
  "event.id":
    "requestid reqid xrequestid request.id req.id correlationid httprequestid requestuuid rid correlation.id requestguid",
  trace_id: "traceid trace.id dd.traceid xb3traceid otel.traceid traceparent xamzntraceid trace",
  span_id: "spanid span.id dd.spanid",
  "session.id": "sessionid session.id sid session jsessionid phpsessid",
  "organization.id":
    "organizationid orgid tenantid organization.id org.id tenant.id tenant organization workspaceid",
  "service.name":
    "servicename service.name service appname app.name application applicationname app programname component",
  "deployment.environment.name": "environment env deployment.environment deploymentenvironment",
  "http.route":
    "httproute http.route route.path routepath matchedroute routepattern routetemplate urlpattern route requestpattern matchedpath fullpath endpointname",
  "http.request.headers.referer":
    "referer referrer httpreferer headers.referer httpreferrer requestreferer refererurl",
  "http.request.headers.cookie": "httpcookie headers.cookie cookie cookies",
  "http.request.headers.authorization": "headers.authorization authorization",
  "http.request.headers.content-type": "headers.contenttype requestcontenttype",
  "http.request.headers": "request.headers req.headers requestheaders reqheaders headers",
  "http.response.headers": "response.headers res.headers resp.headers responseheaders resheaders respheaders",
  "http.request.body":
    "request.body req.body requestbody reqbody requestpayload payload body postdata formdata",
  "http.response.body": "response.body res.body resp.body responsebody resbody responsepayload",
  "error.type":
    "errortype error.type errorcode error.code error.name err.type exceptionclass exception.class error.class",
  "rpc.method": "rpcmethod grpcmethod rpc.method grpc.method grpcfullmethod",
  "graphql.operation.name":
    "operationname graphql.operationname graphql.operation.name graphqloperation graphqloperationname",
};

/** Segments that say a value is about another machine than the field's. */
export const FOREIGN: Readonly<Partial<Record<MappedField, RegExp>>> = {
  "client.address":
    /^(?:server|upstream|backend|dest|destination|dst|local|listener|target|origin|node|pod|geo|listen|bind)/,
  "http.response.status_code": /^(?:upstream|origin|backend|exit|error|err|grpc|db)/,
  "url.path":
    /^(?:upstream|redirect|callback|referer|referrer|image|avatar|file|log|source|module|caller|db|origin|response|res|error|err|logger)$/,
  duration_ms:
    /^(?:upstream|backend|db|database|origin|target|connect|wait|queue|view|redis|cache|sql|gc|tls|dns)/,
  timestamp: /^(?:upstream|response|expires|exp|iat|created|updated|modified|cert|certificate|headers?)$/,
  "user_agent.original": /^(?:name|version|os|device)$/,
  "server.address":
    /^(?:kubernetes|k8s|beat|agent|log|client|source|db|upstream|container|docker|machine|node)/,
  "user.id": /^(?:process|unix|os|file|kubernetes|container|geo|agent)/,
  "service.name": /^(?:process|agent|beat)/,
};
