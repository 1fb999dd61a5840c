// The SDK takes stack traces with every resource and looks each line up in source maps. Types are stripped in place here, so
// that lines are right as they are; without the looking up a preview takes a tenth less.
Reflect.deleteProperty(Error, "prepareStackTrace");
