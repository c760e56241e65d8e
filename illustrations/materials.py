"""Skin, cloth and hair as Blender materials. Colours are linear RGB."""

from typing import Any

import bpy

from illustrations.paths import MESH

SKIN = (0.780, 0.545, 0.425)
SKIN_EDGE = (0.50, 0.235, 0.165)  # what turns away from the camera
SKIN_HOLLOW = (0.46, 0.20, 0.15)
NAILS = (0.90, 0.66, 0.60)
LIPS = (0.62, 0.30, 0.27)
CLOTH = (0.15, 0.23, 0.27)
SHIRT = (0.36, 0.47, 0.50)
HAIR = (0.045, 0.030, 0.025)
SUBSURFACE = 0.12

Colour = tuple[float, float, float]


class Nodes:
    """Builds a material's nodes; everything it takes or returns is a socket, a number or a colour."""

    def __init__(self, name: str) -> None:
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()

    def new(self, kind: str, **settings: Any) -> Any:  # noqa: ANN401 - bpy has no types
        node = self.tree.nodes.new(kind)
        for name, value in settings.items():
            setattr(node, name, value)
        return node

    def put(self, socket: Any, value: Any) -> None:  # noqa: ANN401
        if hasattr(value, "is_output"):
            self.tree.links.new(value, socket)
        else:
            socket.default_value = (*value, 1) if isinstance(value, tuple) else value

    def math(self, operation: str, a: Any, b: Any, *, clamp: bool = False) -> Any:  # noqa: ANN401
        node = self.new("ShaderNodeMath", operation=operation, use_clamp=clamp)
        self.put(node.inputs[0], a)
        self.put(node.inputs[1], b)
        return node.outputs[0]

    def mix(self, share: Any, a: Any, b: Any) -> Any:  # noqa: ANN401
        node = self.new("ShaderNodeMix", data_type="RGBA")
        for socket, value in zip((node.inputs[0], node.inputs[6], node.inputs[7]), (share, a, b), strict=True):
            self.put(socket, value)
        return node.outputs[2]

    def ramp(self, x: Any, low: float, high: float) -> Any:  # noqa: ANN401
        node = self.new("ShaderNodeMapRange", interpolation_type="SMOOTHSTEP")
        for socket, value in zip(node.inputs, (x, low, high), strict=False):
            self.put(socket, value)
        return node.outputs[0]

    def mask(self, name: str) -> Any:  # noqa: ANN401
        """One of the mesh's own mask textures."""
        node = self.new("ShaderNodeTexImage")
        node.image = bpy.data.images.load(str(MESH / "textures" / f"{name}.jpg"), check_existing=True)
        node.image.colorspace_settings.name = "Non-Color"
        self.put(node.inputs[0], self.new("ShaderNodeUVMap", uv_map="uv").outputs[0])
        return node.outputs[0]

    def attribute(self, name: str) -> Any:  # noqa: ANN401
        return self.new("ShaderNodeAttribute", attribute_name=name).outputs["Fac"]

    def edge(self, low: float, high: float, share: float) -> Any:  # noqa: ANN401
        """How much the surface turns away from the camera."""
        node = self.new("ShaderNodeLayerWeight")
        node.inputs[0].default_value = 0.30
        return self.math("MULTIPLY", self.ramp(node.outputs["Facing"], low, high), share)

    def finish(self, colour: Any, roughness: Any, specular: float, subsurface: Any = 0.0, clear: Any = 0.0) -> Any:  # noqa: ANN401
        shader = self.new("ShaderNodeBsdfPrincipled")
        for name, value in {
            "Base Color": colour, "Roughness": roughness, "Specular IOR Level": specular,
            "Subsurface Weight": subsurface, "Subsurface Scale": 0.006, "Alpha": self.math("SUBTRACT", 1.0, clear),
        }.items():  # fmt: skip
            self.put(shader.inputs[name], value)
        shader.inputs["Subsurface Radius"].default_value = (1.0, 0.38, 0.22)
        self.put(self.new("ShaderNodeOutputMaterial").inputs[0], shader.outputs[0])
        return self.material


def skin() -> Any:  # noqa: ANN401
    """Skin with nails and lips. The mesh's attributes `hair` and `cloth` (0..1) say what covers it."""
    n = Nodes("skin")
    colour = n.mix(n.edge(0.42, 0.98, 0.55), SKIN, SKIN_EDGE)
    for texture, tone, share in (
        ("mpfb_fingernails", NAILS, 0.75),
        ("mpfb_toenails", NAILS, 0.75),
        ("mpfb_lips", LIPS, 0.55),
    ):
        colour = n.mix(n.math("MULTIPLY", n.mask(texture), share), colour, tone)
    # Only the skin's own hollows may darken it: what stands near would leave a stain.
    occlusion = n.new("ShaderNodeAmbientOcclusion", samples=4, only_local=True)
    occlusion.inputs["Distance"].default_value = 0.02
    hollow = n.math("SUBTRACT", 1.0, occlusion.outputs["AO"], clamp=True)
    colour = n.mix(n.math("MULTIPLY", hollow, 0.55), colour, SKIN_HOLLOW)
    hair = n.math("MULTIPLY", n.attribute("hair"), 0.92)
    colour = n.mix(hair, colour, HAIR)
    cloth = n.math("GREATER_THAN", n.attribute("cloth"), 0.5)
    colour = n.mix(cloth, colour, CLOTH)
    bare = n.math("MULTIPLY", n.math("SUBTRACT", 1.0, hair), n.math("SUBTRACT", 1.0, cloth))
    return n.finish(colour, 0.52, 0.28, n.math("MULTIPLY", bare, SUBSURFACE))


def cloth(tone: Colour, name: str = "cloth") -> Any:  # noqa: ANN401
    """Matt cloth with a darker band at its upper hem. The mesh's attribute `deep` says how far inside it is."""
    n = Nodes(name)
    dark = (tone[0] * 0.35, tone[1] * 0.35, tone[2] * 0.35)
    band = n.math("LESS_THAN", n.attribute("below_hem"), 0.022)
    colour = n.mix(n.math("MULTIPLY", band, 0.35), n.mix(n.edge(0.4, 1.0, 0.35), tone, dark), dark)
    outside = n.math("LESS_THAN", n.attribute("deep"), 0.0)
    return n.finish(colour, 0.9, 0.1, clear=outside)


def hair() -> Any:  # noqa: ANN401
    """Short dark hair, drawn as single hairs."""
    n = Nodes("hair")
    return n.finish((0.075, 0.050, 0.040), 0.55, 0.25)
