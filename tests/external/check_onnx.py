"""Checks every graph of agent folders with the public ONNX checker: strict shape inference, for a free batch and for 1, 3 and 64 rows."""
import json
import pathlib
import sys

import onnx
import onnx.checker
import onnx.shape_inference

TYPES = {"float32": onnx.TensorProto.FLOAT, "uint8": onnx.TensorProto.UINT8}


HORIZON = 4


def promised_sides(tensor, horizon="horizon"):
    return [horizon if side == -1 else side for side in tensor["shape"]]


def sides(value):
    return [side.dim_param or side.dim_value for side in value.type.tensor_type.shape.dim]


def with_batch(model, rows):
    fixed = onnx.ModelProto()
    fixed.CopyFrom(model)
    # Constants of the outer graph are not visible inside a scan, so the body's own shapes are needed.
    inner = [attribute.g for node in fixed.graph.node for attribute in node.attribute if attribute.HasField("g")]
    for value in list(fixed.graph.input) + [value for body in inner for value in list(body.input) + list(body.output)]:
        value.type.tensor_type.shape.dim[0].dim_value = rows
        for side in value.type.tensor_type.shape.dim:
            if side.dim_param == "horizon":
                side.dim_value = HORIZON
    # Drop the declared output shapes, so that they have to be inferred.
    for value in fixed.graph.output:
        value.type.tensor_type.ClearField("shape")
    return onnx.shape_inference.infer_shapes(fixed, check_type=True, strict_mode=True, data_prop=True)


def check(path, manifest):
    model = onnx.load(str(path), load_external_data=False)
    onnx.checker.check_model(model, full_check=True)
    assert model.ir_version == 8, (path, model.ir_version)
    assert [(opset.domain, opset.version) for opset in model.opset_import] == [("", 17)], path
    assert not model.functions and not model.graph.sparse_initializer, path
    for promised, found in ((manifest["inputs"], model.graph.input), (manifest["outputs"], model.graph.output)):
        assert [tensor["name"] for tensor in promised] == [value.name for value in found], path
        for tensor, value in zip(promised, found):
            assert value.type.tensor_type.elem_type == TYPES[tensor["type"]], (path, tensor)
            assert sides(value) == ["batch"] + promised_sides(tensor), (path, tensor, sides(value))
    for rows in (1, 3, 64):
        for tensor, value in zip(manifest["outputs"], with_batch(model, rows).graph.output):
            # A dimension that this version of onnx cannot infer (OneHot's depth) has a name that starts with unk.
            found = sides(value)
            expected = [rows] + promised_sides(tensor, HORIZON)
            assert len(found) == len(expected), (path, rows, found)
            assert all(one == two or str(one).startswith("unk__") for one, two in zip(found, expected)), (path, rows, found)


folders = sorted(path.parent for root in sys.argv[1:] for path in pathlib.Path(root).rglob("agent.json"))
assert folders, f"no agent folders in {sys.argv[1:]}"
graphs = 0
for folder in folders:
    agent = json.loads((folder / "agent.json").read_text())
    for graph in agent["graphs"] + agent.get("int8_graphs", []):
        check(folder / graph["file"], graph)
        graphs += 1
print(f"onnx {onnx.__version__} checked {graphs} graphs of {len(folders)} agents")
