// An S3 server for tests: node s3_server.mjs FOLDER. Prints "port N". Its bucket is "bucket", its keys are S3RVER.
import S3rver from 's3rver';

const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: process.argv[2],
    serviceEndpoint: 'localhost',
    configureBuckets: [{ name: 'bucket' }],
});
server.run().then((address) => console.log(`port ${address.port}`));
