import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import errors from "@pulumi/pulumi/proto/errors_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import resource from "@pulumi/pulumi/proto/resource_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";

// The protobuf modules are CommonJS without names that Node can see; this is the one place that imports their values.
export { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
export { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
export { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
export { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
export { analyzer, empty, engine, errors, provider, resource, status, structs };
